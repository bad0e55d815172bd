// express-pouchdb on LevelDB, the peer of benchmarks/sync.py.  npm i pouchdb@9.0.0 express@4 express-pouchdb@4.2.0
const express = require('express'), PouchDB = require('pouchdb'), fs = require('fs');
fs.mkdirSync(__dirname + '/srv', {recursive: true});
const Served = PouchDB.defaults({prefix: __dirname + '/srv/'});
const app = express();
app.use('/', require('express-pouchdb')(Served, {mode: 'minimumForPouchDB', logPath: __dirname + '/log.txt', configPath: __dirname + '/config.json'}));
app.listen(5985, '127.0.0.1', () => console.log('up'));
