// usage: node duckdb.mjs FOLDER MONTH.csv OUT.csv [THREADS]
// The main job's sums by DuckDB with the setting that is its best here: types given, nothing sniffed,
// buffers of 8 MB.  FOLDER is where `npm install @duckdb/node-api` put the package with the library.
import { createRequire } from 'node:module';
import { openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';

const [folder, month, out, threads = '2'] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(resolve(folder) + '/')('@duckdb/node-api');
const start = Buffer.alloc(4096);
readSync(openSync(month, 'r'), start);
const names = start.toString('latin1').split('\n', 1)[0].trim().replaceAll('"', '').split(',');
const numbers = { QUANTITY: 'DOUBLE', ITEMS: 'BIGINT', TOTAL_QUANTITY: 'DOUBLE', ADQUSAGE: 'DOUBLE',
  ADQ_USAGE: 'DOUBLE', NIC: 'DOUBLE', ACTUAL_COST: 'DOUBLE' };
const columns = names.map((name) => `'${name}': '${numbers[name] ?? 'VARCHAR'}'`).join(', ');
const code = names.includes('BNF_CODE') ? 'BNF_CODE' : 'BNF_PRESENTATION_CODE';

const duck = await (await DuckDBInstance.create(':memory:', { threads })).connect();
await duck.run(`COPY (SELECT YEAR_MONTH, ICB_CODE, PRACTICE_CODE, ${code}, SUM(ITEMS) AS items,
    SUM(TOTAL_QUANTITY) AS quantity, SUM(NIC) AS nic, SUM(ACTUAL_COST) AS actual_cost
  FROM read_csv('${month}', header=true, auto_detect=false, delim=',', quote='"', escape='"',
    buffer_size=8000000, columns={${columns}})
  WHERE ${code} LIKE '0301%' OR ${code} LIKE '0302%' GROUP BY ALL) TO '${out}' (HEADER)`);
