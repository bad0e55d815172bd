// Attachments both ways, in seconds and MB, as one JSON object.
const PouchDB = require('pouchdb'), fs = require('fs'), crypto = require('crypto');
const N = +process.argv[2] || 100, SIZE = +process.argv[3] || 1048576;
const dir = __dirname + '/photographs/'; fs.mkdirSync(dir, {recursive: true});
const Local = PouchDB.defaults({prefix: dir}), url = 'http://127.0.0.1:5985/photographs';
const found = {};
const timed = async (name, deed) => { const s = process.hrtime.bigint(); await deed(); found[name] = Number(process.hrtime.bigint() - s) / 1e9; };
(async () => {
  const a = new Local('a'), b = new Local('b'), remote = new PouchDB(url);
  for (let i = 0; i < N; i++) await a.put({_id: 'r' + i, _attachments: {'p.jpg': {content_type: 'image/jpeg', data: crypto.randomBytes(SIZE)}}});
  await timed('push', () => a.replicate.to(remote, {batch_size: 10}));
  await timed('pull', () => b.replicate.from(remote, {batch_size: 10}));
  found.memory = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify(found));
  process.exit(0);
})().catch(e => { console.error(e); process.exit(1); });
