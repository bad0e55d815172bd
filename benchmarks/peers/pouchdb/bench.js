// Two clients and a server: the workloads of benchmarks/sync/records.py, in seconds, as one JSON object.
const PouchDB = require('pouchdb'), fs = require('fs');
const N = +process.argv[2] || 1000, FIELDS = 60, EDITED = Math.min(1000, N), SHARED = Math.min(200, N);
const dir = __dirname + '/cli/'; fs.mkdirSync(dir, {recursive: true});
const Local = PouchDB.defaults({prefix: dir}), url = 'http://127.0.0.1:5985/bench';
const found = {};
const timed = async (name, deed) => { const s = process.hrtime.bigint(); await deed(); found[name] = Number(process.hrtime.bigint() - s) / 1e9; };
const median = values => values.sort((x, y) => x - y)[Math.floor(values.length / 2)];
const repeated = async (names, rounds, deed) => {
  const all = {};
  for (let i = 0; i < rounds; i++) { await deed(i); for (const n of names) (all[n] = all[n] || []).push(found[n]); }
  for (const n of names) found[n] = median(all[n]);
};
const edit = async (db, count, field, words) => {
  const rows = (await db.allDocs({include_docs: true, limit: count})).rows.map(r => { r.doc[field] = words; return r.doc; });
  await db.bulkDocs(rows);
};
(async () => {
  const a = new Local('a'), b = new Local('b'), remote = new PouchDB(url), docs = [];
  for (let i = 0; i < N; i++) {
    const d = {_id: 'rec-' + String(i).padStart(7, '0')};
    for (let j = 0; j < FIELDS; j++) d['f' + j] = 'value ' + i + ' ' + j + ' lorem ipsum';
    docs.push(d);
  }
  for (let i = 0; i < N; i += 500) await a.bulkDocs(docs.slice(i, i + 500));
  await timed('push', () => a.replicate.to(remote, {batch_size: 500}));
  await timed('pull', () => b.replicate.from(remote, {batch_size: 500}));
  await repeated(['push edits', 'pull edits'], 3, async turn => {
    await edit(a, EDITED, 'f7', 'edited ' + turn);
    await timed('push edits', () => a.replicate.to(remote, {batch_size: 500}));
    await timed('pull edits', () => b.replicate.from(remote, {batch_size: 500}));
  });
  await repeated(['nothing to do'], 15, () => timed('nothing to do', () => b.replicate.from(remote)));
  // Two people edit different fields of the same records, and neither has seen the other's.
  await edit(a, SHARED, 'f1', 'by Ann');
  await edit(b, SHARED, 'f2', 'by Ben');
  await a.replicate.to(remote); await b.replicate.to(remote); await a.replicate.from(remote); await b.replicate.from(remote);
  found['edits lost'] = 0;
  for (const db of [a, b]) for (const {doc} of (await db.allDocs({include_docs: true, limit: SHARED})).rows)
    found['edits lost'] += (doc.f1 !== 'by Ann') + (doc.f2 !== 'by Ben');
  console.log(JSON.stringify(found));
  process.exit(0);
})().catch(e => { console.error(e); process.exit(1); });
