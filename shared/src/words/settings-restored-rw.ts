import type { RestoredWords } from "./settings-restored.ts";

export const rw: RestoredWords = {
  happened: "Ibyabaye",
  happenedText:
    "Fiscalise yasubijweho ivuye mu bubiko bw'inyuma. Nta gisinywa hataramenyekana ibyo imashini yasinye kuva icyo gihe; ibitegereje bizagenda ubwabyo nyuma.",
  restoredAt: "Yasubijweho",
  knownTo: "Izwi kugeza",
  missing: "Ibyabaye hagati ya {from} na {to} ntibiri hano, bishobora gukenera kongera gukorwa:",
  missingReceipts: "inyemezabuguzi imashini yasinye: zifite agaciro, zirabazwa hano hasi",
  missingOthers: "igenamiterere, ibyiciro by'imisoro n'ibicuruzwa, abantu n'iminsi yafunzwe: bisuzume",
  underWay:
    "Inyandiko za mbere zikiri mu nzira zijya ku mashini: {count}. Zizisobanura imashini nimara gusubiza; kugeza icyo gihe nta kindi gisinywa.",
  askAdmin:
    "Umuyobozi wa Fiscalise mu kigo ni we ubisobanura, kuri iyi paji. Mubwire; hagati aho, ntimugire ahandi mwandika ibyagurishijwe.",
  askTitle: "Imashini yasinye iki?",
  askText: "Imashini ibazwa nimero yayo ya nyuma. Nta kintu bihindura kuri yo.",
  ask: "Baza imashini",
  asking: "Turimo kubaza imashini…",
  silentTitle: "Imashini ntivuga nimero yayo ya nyuma",
  silentText:
    "Ishobora kuba yazimye cyangwa idafite umurongo: ongera ugerageze, cyangwa usome nimero ubwawe.",
  lastNumber: "Nimero ya nyuma ya fagitire",
  lastNumberHelp:
    "Nimero ya fagitire y'inyemezabuguzi ya nyuma iyi mashini yasinye, iri kuri ekara yayo cyangwa muri MyRRA. Andika 0 niba nta yo yasinye. Nimero iri hasi cyane ituma igurisha risinywa kabiri.",
  useNumber: "Koresha iyi nimero",
  numbersTitle: "Nimero zo gusobanura",
  numbersText:
    "Hari icyo imashini yasinye, cyangwa yaba yarasinye, kuri buri nimero muri izi, Fiscalise ntizi icyo ari cyo. Gereranya urutonde rwa MyRRA n'inyandiko zawe muri Zoho Books.",
  settledOf: "Izasobanuwe: {settled} kuri {all}",
  number: "Nimero",
  wentTo: "Yahawe",
  open: "Ntibiramenyekana",
  booksHave: "Mu bitabo byacu: {document}",
  booksSigned: "Mu bitabo byacu, {document} yasinywe kuri iyi nimero: yari iyi nyandiko.",
  booksWait: "Mu bitabo byacu, {document} iri mu nzira ijya ku mashini kuri iyi nimero. Tegereza ko isubiza.",
  takesBack:
    "Mu bitabo byacu, {document} ni yo ifite iyi nimero. Irayamburwa kandi ishobora kongera gusinywa: menya neza ko atari yo imashini yasinye.",
  invoice: "Fagitire",
  creditNote: "Credit note",
  others: "Indi mashini cyangwa ntiyakoreshejwe",
  enterReceipt: "Andika inyemezabuguzi yayo",
  itWas: "Yari iyi nyandiko",
  itWasFor: "Ni iyihe nyandiko ifite nimero {number}?",
  link: "Aderesi cyangwa ID by'inyandiko muri Zoho Books",
  linkHelp:
    "Fungura inyandiko muri Zoho Books ukoporore aderesi iri hejuru muri mushakisha; umubare wayo wa nyuma ni yo ID. Nimero nka INV-00042 ntihagije.",
  kind: "Ubwoko bw'inyandiko",
  lookUp: "Shakisha",
  foundTitle: "Ni iyi?",
  customer: "Umukiriya",
  takenBy: "Iyi nyandiko isanzwe ifite nimero {number}. Ntishobora kugira na {other}.",
  takenFirst:
    "Iyi nyandiko iri kuri nimero {number}, itarasobanurwa. Banza usobanure {number}: niba yarahawe ikindi, iyi nyandiko ishobora guhabwa {other} nyuma.",
  taken: "Iyi nyandiko iri mu nzira cyangwa isanzwe ifite inyemezabuguzi.",
  settle: "{document} ifite nimero {number}",
  another: "Shakisha indi",
  settleText: "Nta cyoherezwa. Inyandiko izategereza amakuru y'inyemezabuguzi yayo.",
  othersFor: "Nimero {number} yari iy'indi mashini, cyangwa ntiyakoreshejwe?",
  othersText:
    "Gusa niba indi porogaramu cyangwa indi mashini y'ubucuruzi yayisinyishije iyi mashini ya EBM, cyangwa MyRRA itagaragaza inyemezabuguzi ifite iyi nimero. Ibyo imashini isinya idafite umurongo bigera muri MyRRA nyuma. Niba yari inyandiko yo muri Zoho Books, iyo nyandiko yashobora gusinywa ubwa kabiri.",
  othersYes: "Yego, si iy'inyandiko yacu",
  saidDocument: "Nimero {number} ni {document}. Inyemezabuguzi yayo yandikwa ahanditse Inyandiko.",
  saidOthers: "Nimero {number} ni iy'indi mashini, cyangwa ntiyakoreshejwe.",
  saidNumbers: "Nimero zo gusobanura: {count}.",
  released: "Byose byasobanutse: imashini yongeye gusinya.",
  nothing: "Nta cyo gusobanura gihari; imashini irakora.",
  nothingText: "Inyandiko zasobanuriwe hano ziracyakeneye amakuru y'inyemezabuguzi, ava muri MyRRA.",
  showMissing: "Inyandiko zibura amakuru y'inyemezabuguzi",
};
