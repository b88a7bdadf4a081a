-- measures.csv and prescribing.csv computed a second time, by SQLite alone and in
-- integers throughout: the tests compare the texts byte by byte.
--
-- Before this script a test has made the table extract_row with a row for each row
-- of its extracts (texts as they stand in the file; NULL for a level that the
-- extract does not have), and the shell stands in the root of the checkout, where
-- rules/ is.  Behind it, the tables measures_csv and prescribing_csv hold lines.
--
-- Units: quantity 1/1000, money 1/100000 GBP, factors mg; packs and inhalers
-- 1/60000, that is thousandths times 60, which every pack size divides (checked
-- below); carbon mg/60000, so that carbon / 60000 is milligrams.

-- What the rules say -----------------------------------------------------------

CREATE TEMP TABLE code AS
SELECT c.value AS code, p.value ->> 'id' AS id, p.value ->> 'class' AS class,
       CASE WHEN p.value ->> 'refill' THEN 'refill' ELSE p.value ->> 'device' END AS device,
       p.value ->> 'refill' AS refill, p.value ->> 'units_per_pack' AS pack,
       p.value ->> 'propellant' AS propellant
  FROM json_each(readfile('rules/products/inhalers.json'), '$.products') AS p,
       json_each(p.value, '$.codes') AS c;
CREATE UNIQUE INDEX code_code ON code(code);

CREATE TEMP TABLE section AS
SELECT s.value ->> 'prefix' AS prefix
  FROM json_each(readfile('rules/products/inhalers.json'), '$.sections') AS s;

-- Versions of a product with their months and shares in millionths; prepared ones are not used.
CREATE TEMP TABLE version AS
SELECT p.value ->> 'product' AS id, v.value ->> 'id' AS version,
       v.value ->> 'propellant' AS propellant, coalesce(v.value ->> 'from', '0000-00') AS first,
       coalesce(v.value ->> 'to', '9999-99') AS last,
       CAST(round(coalesce(v.value ->> 'share', 1) * 1000000) AS INTEGER) AS share
  FROM json_each(readfile('rules/products/versions.json'), '$.products') AS p,
       json_each(p.value, '$.versions') AS v
 WHERE coalesce(v.value ->> 'prepared', 0) = 0;

-- Decimal texts as millionths.
CREATE TEMP TABLE figure AS
WITH text(factor_set, rule, name, text) AS (
  SELECT file.name, f.value, n.name, f.value ->> n.name
    FROM (SELECT 'canister' AS name UNION ALL SELECT 'iif-2022') AS file,
         json_each(readfile('rules/factors/' || file.name || '.json'), '$.factors') AS f,
         (SELECT 'kg' AS name UNION ALL SELECT 'addition' UNION ALL SELECT 'propellant_only') AS n
   WHERE f.value ->> n.name IS NOT NULL),
pointed(factor_set, rule, name, text) AS (
  SELECT factor_set, rule, name, text || iif(instr(text, '.'), '', '.') FROM text)
SELECT factor_set, rule, rule ->> 'id' AS id, name,
       CAST(substr(text, 1, instr(text, '.') - 1) AS INTEGER) * 1000000
       + CAST(substr(substr(text, instr(text, '.') + 1) || '000000', 1, 6) AS INTEGER) AS mg
  FROM pointed;

-- What brings the propellant alone to the whole life: the median of the pairs of grade A and B.
CREATE TEMP TABLE addition AS
WITH pair AS (
  SELECT kg.factor_set, kg.mg - only.mg AS more,
         row_number() OVER (PARTITION BY kg.factor_set ORDER BY kg.mg - only.mg) AS place,
         count(*) OVER (PARTITION BY kg.factor_set) AS pairs
    FROM figure AS kg JOIN figure AS only USING (factor_set, id)
   WHERE kg.name = 'kg' AND only.name = 'propellant_only' AND kg.rule ->> 'grade' IN ('A', 'B'))
SELECT factor_set, CAST(round(avg(more)) AS INTEGER) AS mg FROM pair
 WHERE place IN ((pairs + 1) / 2, (pairs + 2) / 2) GROUP BY factor_set;

-- A factor may name products (all their codes), a version of them, or codes.
CREATE TEMP TABLE factor AS
WITH rule(factor_set, rule, first, last, mg) AS (
  SELECT figure.factor_set, rule, coalesce(rule ->> 'from', '0000-00'),
         coalesce(rule ->> 'to', '9999-99'),
         figure.mg + iif(rule ->> 'basis' = 'whole_life', 0,
                         coalesce((SELECT own.mg FROM figure AS own
                                    WHERE own.factor_set = figure.factor_set
                                      AND own.id = figure.id AND own.name = 'addition'),
                                  addition.mg))
    FROM figure LEFT JOIN addition USING (factor_set) WHERE name = 'kg')
SELECT factor_set, c.value AS code, first, last, 1000000 AS share, mg
  FROM rule, json_each(rule, '$.codes') AS c
UNION ALL
SELECT factor_set, code.code, coalesce(version.first, rule.first),
       coalesce(version.last, rule.last), coalesce(version.share, 1000000), mg
  FROM rule, json_each(rule, '$.products') AS p JOIN code ON code.id = p.value
  LEFT JOIN version ON version.id = p.value AND version.version = rule ->> 'version'
 WHERE rule ->> 'version' IS NULL OR version.id IS NOT NULL;
CREATE INDEX factor_code ON factor(factor_set, code, first);

-- What the extracts say ----------------------------------------------------------

CREATE TEMP TABLE kept AS
SELECT extract_row.rowid AS id,
       substr(replace(replace(trim(month), '-', ''), '_', ''), 1, 4) || '-'
       || substr(trim(month), -2) AS month, trim(bnf_code) AS bnf_code,
       trim(practice_code) AS practice_code, trim(practice_name) AS practice_name,
       trim(sub_icb_code) AS sub_icb_code, trim(sub_icb_name) AS sub_icb_name,
       trim(icb_code) AS icb_code, trim(icb_name) AS icb_name,
       trim(region_code) AS region_code, trim(region_name) AS region_name,
       items, quantity, nic, cost
  FROM extract_row JOIN section ON substr(trim(bnf_code), 1, length(prefix)) = prefix;

-- Decimal texts: sign, whole part, and the part behind the point filled up.
CREATE TEMP TABLE number AS
WITH text(id, name, places, text) AS (
  SELECT id, 'items', 0, trim(items) FROM kept UNION ALL
  SELECT id, 'quantity', 3, trim(quantity) FROM kept UNION ALL
  SELECT id, 'nic', 5, trim(nic) FROM kept UNION ALL
  SELECT id, 'cost', 5, trim(cost) FROM kept),
pointed(id, name, places, sign, text) AS (
  SELECT id, name, places, iif(text LIKE '-%', -1, 1),
         ltrim(text, '-') || iif(instr(text, '.'), '', '.') FROM text)
SELECT id, name,
       sign * CAST(substr(text, 1, instr(text, '.') - 1)
                   || substr(substr(text, instr(text, '.') + 1) || '00000', 1, places)
              AS INTEGER) AS number
  FROM pointed;
CREATE UNIQUE INDEX number_id ON number(id, name);

-- One line for each row and level it counts at.
CREATE TEMP TABLE cell AS
SELECT level.number AS level_number, level.name AS level, month, kept.bnf_code, code.*,
       CASE level.number WHEN 1 THEN practice_code WHEN 2 THEN sub_icb_code
                         WHEN 3 THEN icb_code WHEN 4 THEN region_code
                         ELSE 'E92000001' END AS organisation,
       CASE level.number WHEN 1 THEN practice_name WHEN 2 THEN sub_icb_name
                         WHEN 3 THEN icb_name WHEN 4 THEN region_name
                         ELSE 'England' END AS organisation_name,
       i.number AS items, n.number AS nic, c.number AS cost,
       q.number * (60 / pack) AS packs, iif(refill, 0, q.number * (60 / pack)) AS inhalers
  FROM kept
  JOIN number AS i ON i.id = kept.id AND i.name = 'items'
  JOIN number AS q ON q.id = kept.id AND q.name = 'quantity'
  JOIN number AS n ON n.id = kept.id AND n.name = 'nic'
  JOIN number AS c ON c.id = kept.id AND c.name = 'cost'
  LEFT JOIN code ON code.code = kept.bnf_code
  JOIN (SELECT 1 AS number, 'practice' AS name UNION ALL SELECT 2, 'sub_icb' UNION ALL
        SELECT 3, 'icb' UNION ALL SELECT 4, 'region' UNION ALL SELECT 5, 'nation') AS level
 WHERE organisation IS NOT NULL;

-- The name of the latest month that has one; of two the first in byte order.
CREATE TEMP TABLE name AS
SELECT level, organisation, organisation_name AS name
  FROM (SELECT *, row_number() OVER (PARTITION BY level, organisation
                                     ORDER BY month DESC, organisation_name) AS place
          FROM cell WHERE organisation_name <> '')
 WHERE place = 1;

-- Texts as CSV: a formula made harmless, quotes where they are needed.
CREATE TEMP TABLE shown AS
SELECT level, organisation, month, level || ',' ||
       iif(safe_code GLOB '*[",' || char(10, 13) || ']*',
           '"' || replace(safe_code, '"', '""') || '"', safe_code) || ',' ||
       iif(safe_name GLOB '*[",' || char(10, 13) || ']*',
           '"' || replace(safe_name, '"', '""') || '"', safe_name) || ',' || month AS text
  FROM (SELECT DISTINCT level, organisation, month,
               iif(organisation GLOB '[=+@-]*' AND organisation <> '-', '''', '')
               || organisation AS safe_code,
               iif(name GLOB '[=+@-]*', '''', '') || coalesce(name, '') AS safe_name
          FROM cell LEFT JOIN name USING (level, organisation));
CREATE INDEX shown_key ON shown(level, organisation, month);

-- The six measures ---------------------------------------------------------------

-- Several versions of the same month weigh what their shares make, to the milligram.
CREATE TEMP TABLE of_month AS
SELECT factor_set, bnf_code, month, (sum(share * mg) + 500000) / 1000000 AS mg
  FROM (SELECT DISTINCT bnf_code, month FROM cell) AS cell
  JOIN factor ON factor.code = cell.bnf_code AND cell.month BETWEEN factor.first AND factor.last
 GROUP BY factor_set, bnf_code, month;
CREATE UNIQUE INDEX of_month_key ON of_month(factor_set, bnf_code, month);

CREATE TEMP TABLE weighed AS
SELECT cell.*, iif(pack IS NULL, NULL, run.mg) AS mg,
       iif(pack IS NULL, NULL, iif_2022.mg) AS iif_mg
  FROM cell
  LEFT JOIN of_month AS run ON run.factor_set = 'canister' AND run.bnf_code = cell.bnf_code
                           AND run.month = cell.month
  LEFT JOIN of_month AS iif_2022 ON iif_2022.factor_set = 'iif-2022'
                                AND iif_2022.bnf_code = cell.bnf_code
                                AND iif_2022.month = cell.month;

-- unit is the size of 1 in the sums, scale what makes the ratio one of that unit:
-- kilograms an inhaler are carbon / packs / 10^6.
CREATE TEMP TABLE measure AS
SELECT 1 AS number, 'salbutamol_kgco2e_per_inhaler' AS measure, 'kgCO2e per inhaler' AS unit,
       'iif-2022' AS factor_set, 60000000000 AS one_above, 60000 AS one_below UNION ALL
SELECT 2, 'saba_kgco2e_per_inhaler', 'kgCO2e per inhaler', 'canister', 60000000000, 60000 UNION ALL
SELECT 3, 'inhaler_kgco2e_per_inhaler', 'kgCO2e per inhaler', 'canister', 60000000000, 60000
UNION ALL
SELECT 4, 'inhaler_kgco2e', 'kgCO2e', 'canister', 60000000000, NULL UNION ALL
SELECT 5, 'inhalers', 'inhalers', '', 60000, NULL UNION ALL
SELECT 6, 'mdi_share_of_non_salbutamol_items', 'share', '', 1, 1;

CREATE TEMP TABLE summed AS
SELECT measure.number, level_number, level, organisation, month,
       sum(CASE measure.number
           WHEN 1 THEN coalesce(packs * iif_mg, 0)
           WHEN 2 THEN iif(class = 'SABA' AND NOT refill, coalesce(packs * mg, 0), 0)
           WHEN 3 THEN iif(NOT refill, coalesce(packs * mg, 0), 0)
           WHEN 4 THEN coalesce(packs * mg, 0)
           WHEN 5 THEN coalesce(inhalers, 0)
           WHEN 6 THEN iif(bnf_code NOT LIKE '0301011R0%' AND device IN ('pMDI', 'BAI'),
                           items, 0)
           END) AS above,
       sum(CASE measure.number
           WHEN 1 THEN iif(iif_mg IS NOT NULL, packs, 0)
           WHEN 2 THEN iif(class = 'SABA' AND mg IS NOT NULL, inhalers, 0)
           WHEN 3 THEN iif(mg IS NOT NULL, inhalers, 0)
           WHEN 6 THEN iif(class IS NOT NULL AND bnf_code NOT LIKE '0301011R0%', items, 0)
           END) AS below
  FROM weighed JOIN measure GROUP BY measure.number, level_number, organisation, month;

-- The others of inhalers, by what the rules themselves say: they come behind the eight
-- above, whose order is 10 to 80 -----------------------------------------------------

CREATE TEMP TABLE rule AS
SELECT (m.value ->> '$.order') / 10 AS key, m.value AS value
  FROM fsdir('rules/measures') AS f, json_each(CAST(f.data AS TEXT), '$.measures') AS m
 WHERE f.name LIKE '%.json' AND f.name NOT LIKE '%.schema.json'
   AND m.value ->> '$.order' > 80 AND m.value ->> '$.numerator.sum' NOT LIKE '%gas%'
   AND m.value ->> '$.numerator.sum' NOT LIKE 'nitrous%';

CREATE TEMP TABLE side AS
SELECT 1000 + m.key AS number, m.value ->> '$.id' AS measure, s.key AS side,
       s.value ->> '$.sum' AS what, s.value -> '$.where' AS w
  FROM rule AS m, json_each(m.value) AS s
 WHERE s.key IN ('numerator', 'denominator');

INSERT INTO measure
SELECT 1000 + m.key, m.value ->> '$.id', m.value ->> '$.unit',
       iif(m.value ->> '$.factor_set' = 'run', 'canister', ''),
       CASE m.value ->> '$.numerator.sum' WHEN 'kgco2e' THEN 60000000000 WHEN 'items' THEN 1
            WHEN 'actual_cost' THEN 100000 ELSE 60000 END,
       CASE m.value ->> '$.denominator.sum' WHEN 'items' THEN 1
            WHEN 'inhalers' THEN 60000 WHEN 'packs' THEN 60000 END
  FROM rule AS m;

-- Which codes a side of a measure is about.
CREATE TEMP TABLE held AS
SELECT number, side, what, coalesce(w ->> '$.with_factor', 0) AS with_factor, code.code AS bnf_code,
       iif(EXISTS (SELECT 1 FROM version WHERE version.id = code.id), w -> '$.propellants', NULL)
       AS propellants, code.id AS id
  FROM side, code
 WHERE (w -> '$.classes' IS NULL OR class IN (SELECT value FROM json_each(w, '$.classes')))
   AND (w -> '$.devices' IS NULL OR device IN (SELECT value FROM json_each(w, '$.devices')))
   AND (w -> '$.propellants' IS NULL OR code.id IN (SELECT id FROM version)
        OR propellant IN (SELECT value FROM json_each(w, '$.propellants')))
   AND (w -> '$.products' IS NULL OR id IN (SELECT value FROM json_each(w, '$.products')))
   AND (w -> '$.refill' IS NULL OR refill = (w ->> '$.refill'))
   AND (w -> '$.chemicals' IS NULL
        OR EXISTS (SELECT 1 FROM json_each(w, '$.chemicals') WHERE code.code LIKE value || '%'))
   AND NOT EXISTS (SELECT 1 FROM json_each(w, '$.not_chemicals')
                    WHERE code.code LIKE value || '%');
CREATE INDEX held_code ON held(bnf_code);

CREATE TEMP TABLE by_code AS
SELECT level_number, level, organisation, month, bnf_code, sum(items) AS items, sum(cost) AS cost,
       sum(packs) AS packs, sum(inhalers) AS inhalers, sum(packs * mg) AS carbon,
       max(mg IS NOT NULL) AS has_factor
  FROM weighed GROUP BY level_number, organisation, month, bnf_code;

CREATE TEMP TABLE side_sum AS
SELECT number, side, level_number, level, organisation, month,
       sum(CASE what WHEN 'kgco2e' THEN coalesce(carbon, 0) WHEN 'items' THEN items
                WHEN 'packs' THEN coalesce(packs, 0)
                WHEN 'inhalers' THEN
                     coalesce(inhalers, 0) * iif(propellants IS NULL, 1000000,
                         coalesce((SELECT sum(share) FROM version
                                    WHERE version.id = held.id AND month BETWEEN first AND last
                                      AND propellant IN (SELECT value
                                                           FROM json_each(propellants))), 0))
                     / 1000000
                WHEN 'actual_cost' THEN cost END) AS amount
  FROM by_code JOIN held USING (bnf_code)
 WHERE has_factor OR NOT with_factor
 GROUP BY number, side, level_number, organisation, month;
CREATE UNIQUE INDEX side_sum_key ON side_sum(number, side, level_number, organisation, month);

INSERT INTO summed
SELECT measure.number, place.level_number, place.level, place.organisation, place.month,
       coalesce(above.amount, 0),
       iif(one_below IS NULL, NULL, coalesce(below.amount, 0))
  FROM (SELECT DISTINCT level_number, level, organisation, month FROM weighed) AS place
  JOIN measure ON measure.number >= 1000
  LEFT JOIN side_sum AS above ON above.number = measure.number AND above.side = 'numerator'
        AND above.level_number = place.level_number AND above.organisation = place.organisation
        AND above.month = place.month
  LEFT JOIN side_sum AS below ON below.number = measure.number AND below.side = 'denominator'
        AND below.level_number = place.level_number AND below.organisation = place.organisation
        AND below.month = place.month;

-- above / below compared exactly: whole part, then 24 decimals.  Two ratios of sums
-- below 10^12 that differ do so before that.
CREATE TEMP TABLE digits AS
SELECT *, w3 * 1000000 / below AS d4 FROM (
SELECT *, w2 * 1000000 / below AS d3, w2 * 1000000 % below AS w3 FROM (
SELECT *, w1 * 1000000 / below AS d2, w1 * 1000000 % below AS w2 FROM (
SELECT *, w0 * 1000000 / below AS d1, w0 * 1000000 % below AS w1 FROM (
SELECT *, above / below AS d0, above % below AS w0 FROM summed WHERE below > 0))));

-- Unidentified prescribers are nobody's peers.
CREATE TEMP TABLE unidentified AS
SELECT DISTINCT practice_code AS practice FROM kept
 WHERE practice_code = substr(sub_icb_code, 1, 3) || '998';

CREATE TEMP TABLE ranked AS
SELECT number, level, organisation, month,
       rank() OVER (PARTITION BY number, level, month ORDER BY d0, d1, d2, d3, d4) AS place,
       count(*) OVER (PARTITION BY number, level, month) AS peers
  FROM digits
 WHERE organisation <> '-'
   AND NOT (level = 'practice' AND organisation IN (SELECT practice FROM unidentified));
CREATE UNIQUE INDEX ranked_key ON ranked(number, level, organisation, month);

-- Everything printed is a count of millionths, rounded half up (none is negative).
CREATE TEMP TABLE millionths AS
SELECT summed.*, measure, unit, factor_set, one_below,
       CASE one_above WHEN 60000000000 THEN (above + 30000) / 60000
                      WHEN 60000 THEN (above * 1000000 + 30000) / 60000
                      WHEN 100000 THEN above * 10
                      ELSE above * 1000000 END AS top,
       CASE one_below WHEN 60000 THEN (below * 1000000 + 30000) / 60000
                      ELSE below * 1000000 END AS bottom,
       CASE WHEN below IS NULL THEN -1
            WHEN one_above = 100000 THEN (1200000 * above + below) / nullif(2 * below, 0)
            WHEN one_above = 60000000000 THEN (2 * above + below) / nullif(2 * below, 0)
            ELSE (2000000 * above + below) / nullif(2 * below, 0) END AS ratio,
       (2000000 * (place - 1) + peers - 1) / nullif(2 * (peers - 1), 0) AS percentile
  FROM summed JOIN measure USING (number)
  LEFT JOIN ranked USING (number, level, organisation, month);

CREATE TABLE measures_csv AS
SELECT 'measure,level,organisation_code,organisation_name,month,numerator,denominator,value,'
       || 'unit,factor_set,percentile,small_denominator' AS line
UNION ALL SELECT line FROM (
SELECT measure || ',' || shown.text || ',' ||
       rtrim(rtrim(printf('%d.%06d', top / 1000000, top % 1000000), '0'), '.') || ',' ||
       iif(bottom IS NULL, '',
           rtrim(rtrim(printf('%d.%06d', bottom / 1000000, bottom % 1000000), '0'), '.')) || ',' ||
       CASE WHEN ratio IS NULL THEN ''
            WHEN ratio = -1
            THEN rtrim(rtrim(printf('%d.%06d', top / 1000000, top % 1000000), '0'), '.')
            ELSE rtrim(rtrim(printf('%d.%06d', ratio / 1000000, ratio % 1000000), '0'), '.') END
       || ',' || unit || ',' || factor_set || ',' ||
       iif(percentile IS NULL, '',
           rtrim(rtrim(printf('%d.%06d', percentile / 1000000, percentile % 1000000), '0'), '.'))
       || ',' || iif(below < 15 * one_below, 'yes', '') AS line
  FROM millionths JOIN shown USING (level, organisation, month)
 ORDER BY number, level_number, organisation, month);

-- Devices and classes --------------------------------------------------------------

CREATE TEMP TABLE used AS
SELECT level_number, level, organisation, month, device, class, sum(items) AS items,
       sum(inhalers) AS inhalers, sum(packs * mg) AS carbon, sum(nic) AS nic, sum(cost) AS cost
  FROM weighed WHERE class IS NOT NULL
 GROUP BY level_number, organisation, month, device, class;

CREATE TABLE prescribing_csv AS
SELECT 'level,organisation_code,organisation_name,month,device,therapeutic_class,items,'
       || 'inhalers,kgco2e,nic_gbp,actual_cost_gbp' AS line
UNION ALL SELECT line FROM (
SELECT shown.text || ',' || device || ',' || class || ',' || items || ',' ||
       iif(inhalers IS NULL, '',
           rtrim(rtrim(printf('%d.%06d', inhalers / 60000,
                              (inhalers % 60000 * 1000000 + 30000) / 60000), '0'), '.')) || ',' ||
       iif(carbon IS NULL, '',
           rtrim(rtrim(printf('%d.%06d', (carbon + 30000) / 60000 / 1000000,
                              (carbon + 30000) / 60000 % 1000000), '0'), '.')) || ',' ||
       iif(nic < 0, '-', '') ||
       rtrim(rtrim(printf('%d.%05d', abs(nic) / 100000, abs(nic) % 100000), '0'), '.') || ',' ||
       iif(cost < 0, '-', '') ||
       rtrim(rtrim(printf('%d.%05d', abs(cost) / 100000, abs(cost) % 100000), '0'), '.') AS line
  FROM used JOIN shown USING (level, organisation, month)
 ORDER BY level_number, organisation, month,
          instr('pMDI BAI DPI SMI unknown refill', device), class);

-- Promises of the units above; a line of a broken one is in no file of ours.
INSERT INTO measures_csv
SELECT 'a pack size does not divide 60: ' || id FROM code WHERE 60 % pack <> 0;
INSERT INTO measures_csv
SELECT 'an extract has no row in scope' WHERE NOT EXISTS (SELECT 1 FROM kept);
