/** The settings page: what is settled after a restore. */
export const en = {
  happened: "What happened",
  happenedText:
    "Fiscalise was restored from a backup. Nothing is signed until it is known what the device signed since; what waits goes by itself afterwards.",
  restoredAt: "Restored",
  knownTo: "Known up to",
  missing: "What came between {from} and {to} is missing here and may have to be done again:",
  missingReceipts: "receipts the device signed: they are valid, and asked for below",
  missingOthers: "settings, tax and item classes, people and closed days: look them over",
  underWay:
    "Documents still on their way to the device from before: {count}. They are settled by themselves once it answers, and the hold lasts until then.",
  askAdmin:
    "A business admin settles this, on this page. Tell one of them; do not record sales elsewhere meanwhile.",
  askTitle: "What did the device sign?",
  askText: "The device is asked for its last number. That changes nothing there.",
  ask: "Ask the device",
  asking: "Asking the device…",
  silentTitle: "The device does not say its last number",
  silentText: "It may be off or without a connection: try again, or read the number yourself.",
  lastNumber: "Last invoice number",
  lastNumberHelp:
    "The invoice number of the last receipt this device signed, from its screen or MyRRA. 0 if it signed none. A number too low lets a sale be signed twice.",
  useNumber: "Use this number",
  numbersTitle: "Numbers to settle",
  numbersText:
    "The device signed something under each of these, or may have, and Fiscalise does not know what. Compare MyRRA's list with your documents in Zoho Books.",
  settledOf: "{settled} of {all} settled",
  number: "Number",
  wentTo: "Went to",
  open: "Not known yet",
  booksHave: "Our books: {document}",
  booksSigned: "Our books have {document} signed under this number: it was this document.",
  booksWait:
    "Our books have {document} on its way to the device under this number. Wait until the device has answered.",
  takesBack:
    "Our books have {document} under this number. It is taken back and can be fiscalised again: be sure that it is not what the device signed.",
  invoice: "Invoice",
  creditNote: "Credit note",
  others: "Another till or unused",
  enterReceipt: "Enter its receipt",
  itWas: "It was this document",
  itWasFor: "Which document has number {number}?",
  link: "The document's address or ID in Zoho Books",
  linkHelp:
    "Open the document in Zoho Books and copy the address from the top of the browser; its last number is the ID. A number such as INV-00042 is not enough.",
  kind: "Kind of document",
  lookUp: "Look it up",
  foundTitle: "Is it this one?",
  customer: "Customer",
  takenBy: "This document has number {number} already. It cannot have {other} too.",
  takenFirst:
    "This document stands under number {number}, which is still to be settled. Settle {number} first: if that went to something else, this document can have {other} afterwards.",
  taken: "This document is under way or has a receipt already.",
  settle: "{document} has number {number}",
  another: "Look up another",
  settleText: "Nothing is sent. The document waits for its receipt data from then on.",
  othersFor: "Was number {number} another till's, or unused?",
  othersText:
    "Only if another program or till signed it with this device, or MyRRA shows no receipt under it. What a device signs without a connection comes to MyRRA later. If it was a document from Zoho Books, that document could be signed a second time.",
  othersYes: "Yes, no document of ours",
  saidDocument: "Number {number} is {document}. Its receipt can be entered under Documents.",
  saidOthers: "Number {number} is another till's, or unused.",
  saidNumbers: "Numbers still to settle: {count}.",
  released: "Everything is settled: the device signs again.",
  nothing: "Nothing is to be settled; the device is not held.",
  nothingText: "Documents settled here still need their receipt data, from MyRRA.",
  showMissing: "Documents whose receipt data is missing",
};
export type RestoredWords = typeof en;
