// Two clients and a server: the workloads of benchmarks/sync.py, in seconds, as one JSON object.
const PouchDB = require('pouchdb'), fs = require('fs');
const N = +process.argv[2] || 1000, FIELDS = 60;
const dir = __dirname + '/cli/'; fs.mkdirSync(dir, {recursive: true});
const Local = PouchDB.defaults({prefix: dir}), url = 'http://127.0.0.1:5985/bench';
const found = {};
const timed = async (name, deed) => { const s = process.hrtime.bigint(); await deed(); found[name] = Number(process.hrtime.bigint() - s) / 1e9; };
(async () => {
  const a = new Local('a'), b = new Local('b'), remote = new PouchDB(url), docs = [];
  for (let i = 0; i < N; i++) {
    const d = {_id: 'rec-' + String(i).padStart(7, '0')};
    for (let j = 0; j < FIELDS; j++) d['f' + j] = 'value ' + i + ' ' + j + ' lorem ipsum';
    docs.push(d);
  }
  await timed('write', async () => { for (let i = 0; i < N; i += 500) await a.bulkDocs(docs.slice(i, i + 500)); });
  await timed('push', () => a.replicate.to(remote, {batch_size: 500}));
  await timed('pull', () => b.replicate.from(remote, {batch_size: 500}));
  const rows = (await a.allDocs({include_docs: true, limit: Math.min(1000, N)})).rows.map(r => { r.doc.f7 = 'edited'; return r.doc; });
  await a.bulkDocs(rows);
  await timed('push edits', () => a.replicate.to(remote, {batch_size: 500}));
  await timed('pull edits', () => b.replicate.from(remote, {batch_size: 500}));
  await timed('nothing to do', () => b.replicate.from(remote));
  console.log(JSON.stringify(found));
  process.exit(0);
})().catch(e => { console.error(e); process.exit(1); });
