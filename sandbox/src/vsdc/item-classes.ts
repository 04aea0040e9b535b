/**
 * An excerpt, not RRA's list: the real one has tens of thousands of rows. Level 5 is a UNSPSC commodity with two
 * more digits, as in the samples of docs/vsdc.md (marked "sample"); the other rows are made after that pattern.
 */
type Row = readonly [code: string, name: string, tax: "A" | "B" | "C" | "D" | null];

const ROWS: readonly Row[] = [
  ["14000000", "Paper materials and products", null],
  ["14110000", "Paper products", null],
  ["14111400", "Paper products no use", null], // sample
  ["14111401", "Paper products no use Commodity", null], // sample
  ["43000000", "Information technology broadcasting and telecommunications", null],
  ["43210000", "Computer equipment and accessories", null],
  ["43211500", "Computers", null],
  ["50000000", "Food beverage and tobacco products", null],
  ["50200000", "Beverages", null],
  ["50202300", "Non alcoholic beverages", null],
  ["80000000", "Management and business professionals and administrative services", null],
  ["3133130600", "Non metallic sonic welded structural assemblies", "B"], // sample
  ["5059690800", "Frozen organic vegetables", "B"], // sample
  ["5022110801", "Rice", "B"], // sample
  ["5020230102", "Fruit juice", "B"], // sample
  ["5020230602", "Soft drinks", "B"], // sample
  ["5041230400", "Beans", "B"], // sample
  ["1110160600", "Iron ore", "B"], // sample
  ["1110170400", "Aluminium", "B"], // sample
  ["1411150700", "Printer or copier paper", "B"],
  ["1411151400", "Paper pads or notebooks", "B"],
  ["1510150500", "Diesel fuel", "B"],
  ["1510150600", "Gasoline or petrol", "B"],
  ["2612160900", "Network cable", "B"],
  ["3010240300", "Steel rods", "B"],
  ["3011160100", "Cement", "B"],
  ["3121150100", "Enamel paints", "B"],
  ["3121150200", "Water based paints", "B"],
  ["4213220300", "Medical exam or non surgical procedure gloves", "A"],
  ["4319150100", "Mobile phones", "A"],
  ["4321150300", "Notebook computers", "A"],
  ["4321150700", "Desktop computers", "A"],
  ["4321150900", "Tablet computers", "A"],
  ["4321170100", "Bar code reader equipment", "B"],
  ["4321190200", "Liquid crystal display monitors", "B"],
  ["4321210500", "Laser printers", "B"],
  ["4322260900", "Network routers", "B"],
  ["4322261200", "Network switches", "B"],
  ["4410310300", "Printer or facsimile toner", "B"],
  ["4412170400", "Ball point pens", "B"],
  ["4412200300", "Binders", "B"],
  ["4713180100", "Floor cleaners", "B"],
  ["5010170000", "Fresh fruit, unprocessed", "A"],
  ["5013170100", "Fresh milk", "A"],
  ["5015151300", "Edible vegetable or plant oils", "B"],
  ["5016150900", "Natural sugars or sweetening products", "B"],
  ["5020170600", "Coffee", "B"],
  ["5020171300", "Tea bags", "B"],
  ["5020220100", "Beer", "B"],
  ["5020230101", "Water", "B"],
  ["5022110100", "Cereal grains, unprocessed", "A"],
  ["5022130100", "Flour", "B"],
  ["5114200100", "Acetaminophen", "A"],
  ["5310160200", "Mens shirts", "B"],
  ["5610150400", "Chairs", "B"],
  ["5610170300", "Desks", "B"],
  ["7210150700", "Building maintenance service", "B"],
  ["7611150100", "Building cleaning services", "B"],
  ["7810180200", "Regional or national trucking services", "B"],
  ["7811180800", "Vehicle rental", "B"],
  ["8010150700", "Information technology consultation services", "B"],
  ["8013150200", "Commercial or industrial property lease or rental", "B"],
  ["8014160700", "Events management", "B"],
  ["8111150000", "Software or hardware engineering", "B"],
  ["8111210100", "Internet service providers", "B"],
  ["8111220100", "Maintenance or support fees", "B"],
  ["8212150300", "Digital printing", "B"],
  ["8411150200", "Financial accounting service", "B"],
  ["8513170000", "Medical consultations", "A"],
  ["8610170000", "Vocational training", "A"],
  ["9010150100", "Restaurants", "B"],
  ["9010160100", "Banquet and catering services", "B"],
  ["9011150100", "Hotels", "B"],
  ["9212150400", "Security guard services", "B"],
];

export const ITEM_CLASSES = ROWS.map(([itemClsCd, itemClsNm, taxTyCd]) => ({
  itemClsCd,
  itemClsNm,
  itemClsLvl: levelOf(itemClsCd),
  taxTyCd,
  mjrTgYn: taxTyCd === null ? null : "N",
  useYn: "Y",
}));

function levelOf(code: string): number {
  if (code.length === 10) return 5;
  const pairs = code.match(/../g) ?? [];
  return pairs.findLastIndex((pair) => pair !== "00") + 1;
}
