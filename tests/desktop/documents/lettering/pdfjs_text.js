// The text of a PDF as pdf.js gives it to whoever copies it: item by item, a line's end where pdf.js says there is one.
const fs = require("fs");
const pdfjs = require("/usr/share/javascript/pdf/build/pdf.js");
pdfjs.GlobalWorkerOptions.workerSrc = "/usr/share/javascript/pdf/build/pdf.worker.js";

async function main(file) {
  const data = new Uint8Array(fs.readFileSync(file));
  const pdf = await pdfjs.getDocument({ data, useSystemFonts: false, disableFontFace: true, verbosity: 0 }).promise;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    process.stdout.write(items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("") + "\f");
  }
}

main(process.argv[2]).catch((error) => { console.error(error); process.exit(1); });
