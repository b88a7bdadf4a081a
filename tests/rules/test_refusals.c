#include "base/limits.h"
#include "rules/rules.h"

#include "support/cases.h"
#include "support/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Aligned, these tables would be wider than any window. */
/* clang-format off */

/* A small set of rules in which every kind of file is right.  In all texts of
 * this file ' stands for ". */
static const struct {
    const char *name, *text;
} small[] = {
    {"version.json",
     "{'version':'2026.1.1','title':'small','checked':'2026-01-31'}\n"},
    {"sources.json",
     "{'sources':[{'id':'S01','title':'a page','where':'a shelf','checked':'2026-01-31'}]}\n"},
    {"extracts/small.json",
     "{'id':'small','title':'t','publisher':'p','licence':'OGL-UK-3.0','source':'S01',"
     "'checked':'2026-01-31','group':'england','nation':{'code':'E92000001','name':'England'},"
     "'eras':[{'id':'old','title':'t','seen':'2014','source':'S01','checked':'2026-01-31',"
     "'columns':[{'name':'MONTH','role':'month'},{'name':'PRACTICE','role':'practice_code'},"
     "{'name':'CODE','role':'bnf_code'},{'name':'QTY','role':'quantity'},"
     "{'name':'ITEMS','role':'items'},{'name':'NIC','role':'nic'},"
     "{'name':'COST','role':'actual_cost'},{'name':'X','role':'ignored','optional':true}]},"
     "{'id':'new','title':'t','seen':'2026','source':'S01','checked':'2026-01-31',"
     "'columns':[{'name':'PERIOD','role':'month'},{'name':'PRACTICE','role':'practice_code'},"
     "{'name':'CODE','role':'bnf_code'},{'name':'QTY','role':'quantity'},"
     "{'name':'ITEMS','role':'items'},{'name':'NIC','role':'nic'},"
     "{'name':'COST','role':'actual_cost'}]}]}\n"},
    {"products/small.json",
     "{'id':'small','title':'t','source':'S01','checked':'2026-01-31',"
     "'sections':[{'prefix':'0301','name':'Bronchodilators'}],'classes':['SABA'],"
     "'products':[{'id':'puffer','name':'Puffer','codes':['0301011R0AAAAAA','0301011R0AAABAB'],"
     "'substance':'s','class':'SABA','device':'pMDI','propellant':'HFA134a','unit':'inhaler',"
     "'units_per_pack':1,'doses':200,'refill':false,'source':'S01','checked':'2026-01-31'},"
     "{'id':'powder','name':'Powder','codes':['0301011R0BBBBBB'],'substance':'s','class':'SABA',"
     "'device':'DPI','propellant':'none','unit':'capsule','units_per_pack':30,'refill':false,"
     "'source':'S01','checked':'2026-01-31','note':'n'}]}\n"},
    {"products/not_inhalers.json",
     "{'id':'no','title':'t','source':'S01','checked':'2026-01-31','rules':["
     "{'id':'liquids','reason':'a liquid','prefixes':['0301'],'names':['nebuliser'],"
     "'source':'S01','checked':'2026-01-31'},"
     "{'id':'tablets','reason':'tablets','codes':['0301011B0AAAAAA'],'source':'S01',"
     "'checked':'2026-01-31'}]}\n"},
    {"products/versions.json",
     "{'id':'versions','title':'t','source':'S01','checked':'2026-01-31','products':["
     "{'product':'powder','versions':[{'id':'one','propellant':'none','to':'2024-12',"
     "'source':'S01','checked':'2026-01-31'},{'id':'two','propellant':'none','from':'2025-01',"
     "'dmd':['1234567890'],'source':'S01','checked':'2026-01-31','note':'n'}]}]}\n"},
    {"products/patterns.json",
     "{'id':'patterns','title':'t','source':'S01','checked':'2026-01-31','patterns':["
     "{'id':'dusty','words':['dust'],'unless':['spray'],'only_with':['fine'],'device':'DPI',"
     "'unit':'capsule','propellant':'none','units_per_pack':30,'note':'n'}],'classes':["
     "{'id':'quick','words':['quick'],'prefixes':['0301'],'class':'SABA'}]}\n"},
    {"products/national_items.json",
     "{'id':'nation','title':'t','source':'S01','checked':'2026-01-31','month':'2026-04',"
     "'chemicals':[{'code':'0301011R0','name':'n','items':'7','mix':[{'product':'puffer',"
     "'share':'0.25'},{'product':'powder','share':'0.75'}]}]}\n"},
    {"factors/small.json",
     "{'id':'small','title':'t','source':'S01','checked':'2026-01-31','factors':["
     "{'id':'puffer-old','products':['puffer'],'kg':'20','low':'10','high':'30','grade':'C',"
     "'basis':'whole_life','derivation':'b','source':'S01','checked':'2026-01-31','to':'2024-12'},"
     "{'id':'puffer-new','products':['puffer'],'kg':'2.5','grade':'A','basis':'whole_life','derivation':'b','source':'S01',"
     "'checked':'2026-01-31','from':'2025-01'},"
     "{'id':'powder','codes':['0301011R0BBBBBB'],'kg':'0.5','grade':'B','basis':'whole_life','derivation':'b',"
     "'source':'S01','checked':'2026-01-31'}]}\n"},
    {"measures/small.json",
     "{'measures':[{'id':'mean','title':'t','description':'d','unit':'kg','direction':'lower',"
     "'factor_set':'small','numerator':{'sum':'kgco2e','where':{'with_factor':true}},"
     "'denominator':{'sum':'packs','where':{'with_factor':true}},'why':'w','caveats':['c'],"
     "'source':'S01','checked':'2026-01-31','change_log':[{'date':'2026-01-31','change':'f'}]},"
     "{'id':'share','title':'t','description':'d','unit':'share','direction':'none',"
     "'numerator':{'sum':'items','where':{'devices':['pMDI'],'classes':['SABA'],"
     "'chemicals':['0301011R0'],'refill':false}},"
     "'why':'w','caveats':['c'],'source':'S01','checked':'2026-01-31',"
     "'change_log':[{'date':'2026-01-31','change':'f'}]}]}\n"},
    {"extracts/small_hospital.json",
     "{'id':'hospital','title':'t','publisher':'p','licence':'OGL-UK-3.0','source':'S01',"
     "'checked':'2026-01-31','group':'hospital','nation':{'code':'E92000001','name':'England'},"
     "'eras':[{'id':'vmp','title':'t','seen':'2026','source':'S01','checked':'2026-01-31',"
     "'columns':[{'name':'MONTH','role':'month'},{'name':'TRUST','role':'trust_code'},"
     "{'name':'VMP','role':'vmp_code'},{'name':'NAME','role':'vmp_name'},"
     "{'name':'UNIT','role':'unit_name'},{'name':'QTY','role':'quantity'}]}],"
     "'series':[{'id':'final','title':'t','rank':2,'provisional':false,'names':['final']}],"
     "'subject':'hospital','returns':true,'empty_cost':true,'cost_name':'a cost'}\n"},
    {"units/small.json",
     "{'id':'small','title':'t','source':'S01','checked':'2026-01-31','units':["
     "{'id':'ml','title':'t','names':['ml'],'dmd':'258773002','is':'volume','nanolitres':1000000,"
     "'source':'S01','checked':'2026-01-31'},{'id':'tank','title':'t','names':['tank','drum'],"
     "'is':'container','source':'S01','checked':'2026-01-31','note':'n'}]}\n"},
    {"products/gases_small.json",
     "{'id':'small','title':'t','source':'S01','checked':'2026-01-31','gases':["
     "{'id':'ether','name':'Ether','also':['E'],'form':'liquid','bottle_ml':100,'one_bottle':true,"
     "'bottle_source':'S01','density_g_per_l':'713.4','density_source':'S01',"
     "'names':{'name':'ether','with':['liquid'],'without':['oil']},"
     "'codes':[{'code':'123456001','name':'Ether','source':'S01','checked':'2026-01-31'}],"
     "'source':'S01','checked':'2026-01-31'},{'id':'laughing-gas','name':'Laughing gas',"
     "'form':'gas','nitrous_oxide_permille':1000,'names':{'name':'laughing','with':['gas']},"
     "'codes':[{'code':'123456002','litres':900,'source':'S01','checked':'2026-01-31'}],"
     "'source':'S01','checked':'2026-01-31','note':'n'}],"
     "'cylinders':[{'gas':'laughing-gas','brand':'b','size':'J','litres':900,'source':'S01',"
     "'checked':'2026-01-31'}]}\n"},
    {"factors/gases-small.json",
     "{'id':'gwp','title':'t','source':'S01','checked':'2026-01-31','factors':["
     "{'gas':'ether','gwp':10,'source':'S01','checked':'2026-01-31'},"
     "{'gas':'laughing-gas','gwp':300,'density_g_per_l':'1.8','density_source':'S01',"
     "'source':'S01','checked':'2026-01-31','note':'n'}]}\n"},
    {"measures/small_denominators.json",
     "{'small_denominators':[{'id':'few','sums':['items','inhalers'],'below':'15','source':'S01',"
     "'checked':'2026-01-31','note':'n'},{'id':'little','sums':['gas_ml'],'below':'250',"
     "'source':'S01','checked':'2026-01-31','note':'n'}]}\n"},
    {"measures/gases_small.json",
     "{'measures':[{'id':'ether','title':'t','description':'d','unit':'share',"
     "'direction':'lower','share':true,'numerator':{'sum':'gas_ml','where':{'gases':['ether']}},"
     "'denominator':{'sum':'gas_ml','where':{'supply':true}},'why':'w','caveats':['c'],"
     "'source':'S01','checked':'2026-01-31',"
     "'change_log':[{'date':'2026-01-31','change':'f'}]},"
     "{'id':'carbon','title':'t','description':'d','unit':'kg','direction':'lower',"
     "'factor_set':'gwp','headline':true,'numerator':{'sum':'gas_kgco2e','where':{}},'why':'w',"
     "'caveats':['c'],'source':'S01','checked':'2026-01-31',"
     "'change_log':[{'date':'2026-01-31','change':'f'}]}]}\n"},
    {"switches/small.json",
     "{'prompts':[{'id':'ask','label':'ask','text':'ask first','source':'S01'}],"
     "'switches':[{'id':'puffer-to-powder','title':'t','change':'device','dose':'1 : 1',"
     "'evidence':'factors','prompts':['ask'],'pairs':[{'from':'puffer','to':'powder',"
     "'from_inhalers':1,'to_inhalers':2}],'source':'S01','checked':'2026-01-31'}]}\n"},
    {"quantities/small.json",
     "{'id':'small','title':'t','source':'S01','checked':'2026-01-31','rules':["
     "{'id':'puffs','nations':['E92000001'],'units':['inhaler','cartridge'],'mean_above':'9',"
     "'divide_by_doses':true,'mean_after':'0.5','source':'S01','checked':'2026-01-31'},"
     "{'id':'packs','nations':['E92000001'],'units':['capsule'],'mean_below':'10',"
     "'source':'S01','checked':'2026-01-31','note':'n'}]}\n"},
    {"registers/small.json",
     "{'id':'list','title':'t','publisher':'p','licence':'OGL-UK-3.0','source':'S01',"
     "'checked':'2026-01-31','gp_setting':'4','statuses':[{'code':'A','status':'active'}],"
     "'only':[{'role':'sex','is':'ALL'}],'layouts':[{'id':'list-one','title':'t','seen':'2021',"
     "'source':'S01','checked':'2026-01-31','columns':[{'name':'CODE','role':'practice_code'},"
     "{'name':'SEX','role':'sex'},{'name':'N','role':'patients'}]},{'id':'list-bare','title':'t',"
     "'seen':'2020','source':'S01','checked':'2026-01-31','headerless':true,'code_length':6,"
     "'columns':[{'name':'c','role':'practice_code'},{'name':'n','role':'practice_name'},"
     "{'name':'z','role':'ignored','optional':true}]}]}\n"},
    {"places/small.json",
     "{'sub_icb_padding':'00','unidentified':[{'id':'nobody','codes':['-'],'source':'S01',"
     "'checked':'2026-01-31'},{'id':'ending','suffix':'998','characters':3,'source':'S01',"
     "'checked':'2026-01-31'}],'successions':[{'id':'one','level':'icb','from_code':'QAA',"
     "'to_code':'QBB','sub_icbs':['01A'],'date':'2026-04-01','source':'S01',"
     "'checked':'2026-01-31'},{'id':'two','level':'trust','from_code':'RAA','to_name':'TRUST B',"
     "'date':'2026-04-01','source':'S01','checked':'2026-01-31'}]}\n"},
};

/* One mistake each: in `file` the first `find` becomes `put`; a NULL find puts it
 * at the end.  The message must begin with `said`.  schema: the JSON Schema
 * beside the file can express it, so it must refuse it too. */
static const struct mistake {
    const char *file, *find, *put, *said;
    bool schema;
} mistakes[] = {
#define VERSION "version.json"
    {VERSION, "'title'", "'colour':'red','title'", "version.json: /colour: is not a key", true},
    {VERSION, "'title'", "'Title'", "version.json: /Title: is not a key", true},
    {VERSION, "'title':'small'", "'title':'a','title':'b'", "version.json: /title: is there twice",
     false},
    {VERSION, "'title':'small',", "", "version.json: /: lacks \"title\"", true},
    {VERSION, "'small'", "7", "version.json: /title: must be a text", true},
    {VERSION, "'small'", "null", "version.json: /title: must be a text", true},
    {VERSION, "'small'", "''", "version.json: /title: \"\" is not a text", true},
    {VERSION, "'small'", "'a\\nb'", "version.json: /title: \"a\\nb\" is not a text on one line",
     false},
    {VERSION, "'small'", "'a\\u0000b'", "version.json: /: holds a zero character", false},
    {VERSION, NULL, "\n\n{}", "version.json:4: /: not valid JSON", false},
    {VERSION, NULL, "x", "version.json:2: /: not valid JSON", false},
    {VERSION, "'title'", "\n'title'=", "version.json:2: /: not valid JSON", false},
    {VERSION, "{", "[{", "version.json:2: /: not valid JSON", false},
    {VERSION, "'2026-01-31'", "'31.01.2026'",
     "version.json: /checked: \"31.01.2026\" is not a date", true},
    {VERSION, "'2026-01-31'", "'2026-13-31'",
     "version.json: /checked: \"2026-13-31\" is not a date", true},
    {VERSION, "'2026-01-31'", "'2026-01-32'",
     "version.json: /checked: \"2026-01-32\" is not a date", true},
    {VERSION, "'2026-01-31'", "'2026-01-00'",
     "version.json: /checked: \"2026-01-00\" is not a date", true},
    {VERSION, "'2026-01-31'", "'2026-01---'",
     "version.json: /checked: \"2026-01---\" is not a date", true},
#define SOURCES "sources.json"
    {SOURCES, "'S01'", "'S 01'", "sources.json: /sources/0/id: \"S 01\" is not an id", true},
    {SOURCES, "[{", "[7,{", "sources.json: /sources/0: must be an object", true},
    {SOURCES, "[", "{'a':[", "sources.json:2: /: not valid JSON", false},
    {SOURCES, "'a page'", "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]",
     "sources.json: /: deeper than 16 levels", true},
    {SOURCES, "]", ",{'id':'S01','title':'t','where':'w','checked':'2026-01-31'}]",
     "sources.json: /sources/1/id: \"S01\" is there twice", false},
#define EXTRACT "extracts/small.json"
    {EXTRACT, "'month'", "'moon'",
     "extracts/small.json: /eras/0/columns/0/role: \"moon\" is not one of", true},
    {EXTRACT, "'nic'", "'items'", "extracts/small.json: /eras/0: two columns mean items",
     false},
    {EXTRACT, "'nic'", "'ignored'", "extracts/small.json: /eras/0: no column means nic",
     false},
    {EXTRACT, "'MONTH','role':'month'", "'MONTH','role':'year'",
     "extracts/small.json: /eras/0: no column means month", false},
    {EXTRACT, "'PRACTICE','role':'practice_code'", "'PRACTICE','role':'sub_icb_code'",
     "extracts/small.json: /eras/0: no column means practice_code", false},
    {EXTRACT, "'group':'england'", "'group':'england','no_code':[]",
     "extracts/small.json: /no_code: ", true},
    {EXTRACT, "'seen':'2014'", "'seen':'2014','inferred':''",
     "extracts/small.json: /eras/0/inferred: \"\" is not a text", true},
    {EXTRACT, "'X'", "'CODE'",
     "extracts/small.json: /eras/0: the column \"CODE\" appears twice", false},
    {EXTRACT, "PERIOD", "MONTH",
     "extracts/small.json: /eras/0: takes the same header as the era new", false},
    {EXTRACT, "'new'", "'old'", "extracts/small.json: /eras/1/id: \"old\" is there twice", false},
    {EXTRACT, "'seen':'2026','source':'S01'", "'seen':'2026','source':'S99'",
     "extracts/small.json: /eras/1/source: there is no source \"S99\"", false},
    {EXTRACT, ",'name':'England'", "", "extracts/small.json: /nation: lacks \"name\"", true},
    {EXTRACT, "'optional':true", "'optional':1",
     "extracts/small.json: /eras/0/columns/7/optional: must be true or false", true},
#define PRODUCTS "products/small.json"
    {PRODUCTS, "'class':'SABA'", "'class':'SABAA'",
     "products/small.json: /products/0/class: there is no class \"SABAA\"", false},
    {PRODUCTS, "'HFA134a'", "'HFA134'",
     "products/small.json: /products/0/propellant: \"HFA134\" is not one of", true},
    {PRODUCTS, "'powder'", "'puffer'",
     "products/small.json: /products/1/id: \"puffer\" is there twice", false},
    {PRODUCTS, "0301011R0BBBBBB", "0301011R0AAABAB",
     "products/small.json: /products/1/codes/0: \"0301011R0AAABAB\" is there twice", false},
    {PRODUCTS, "0301011R0BBBBBB", "0301011R0bbbbbb",
     "products/small.json: /products/1/codes/0: \"0301011R0bbbbbb\" is not a BNF code", true},
    {PRODUCTS, "0301011R0BBBBBB", "0301011R0BBBBB",
     "products/small.json: /products/1/codes/0: \"0301011R0BBBBB\" is not a", true},
    {PRODUCTS, "'codes':['0301011R0BBBBBB']", "'codes':[]",
     "products/small.json: /products/1/codes: must be a list", true},
    {PRODUCTS, "'DPI'", "'inhalator'",
     "products/small.json: /products/1/device: \"inhalator\" is not one of", true},
    {PRODUCTS, "'capsule'", "'pill'", "products/small.json: /products/1/unit: \"pill\" is not",
     true},
    {PRODUCTS, "'units_per_pack':30", "'units_per_pack':30.5",
     "products/small.json: /products/1/units_per_pack: must be a whole number", true},
    {PRODUCTS, "'units_per_pack':30", "'units_per_pack':0",
     "products/small.json: /products/1/units_per_pack: must be a whole number", true},
    {PRODUCTS, "'units_per_pack':30", "'units_per_pack':'30'",
     "products/small.json: /products/1/units_per_pack: must be a whole number", true},
    {PRODUCTS, "'units_per_pack':30", "'units_per_pack':4999", "", false},
    {PRODUCTS, "'units_per_pack':30", "'units_per_pack':5003",
     "products/small.json: /products/1: packs of 5003 units have no small common", false},
    {PRODUCTS, "'units_per_pack':1,", "'units_per_pack':200,",
     "products/small.json: /products/0: a quantity in inhalers", false},
    {PRODUCTS, "'refill':false", "'refill':'no'",
     "products/small.json: /products/0/refill: must be true or false", true},
    {PRODUCTS, "'source':'S01','checked':'2026-01-31','note'",
     "'source':'S99','checked':'2026-01-31','note'",
     "products/small.json: /products/1/source: there is no source \"S99\"", false},
#define EXCLUSIONS "products/not_inhalers.json"
    {EXCLUSIONS, "0301011B0AAAAAA", "0301011R0AAABAB",
     "products/not_inhalers.json: /rules/1: the code \"0301011R0AAABAB\" is also that of an",
     false},
    {EXCLUSIONS, "'prefixes':['0301'],", "",
     "products/not_inhalers.json: /rules/0: must have codes or", true},
    {EXCLUSIONS, "'codes':['0301011B0AAAAAA'],", "",
     "products/not_inhalers.json: /rules/1: must have codes or", true},
    {EXCLUSIONS, "'tablets'", "'liquids'",
     "products/not_inhalers.json: /rules/1/id: \"liquids\" is there twice", false},
#define FACTORS "factors/small.json"
    {FACTORS, "'20'", "20", "factors/small.json: /factors/0/kg: must be a decimal as a text",
     true},
    {FACTORS, "'20'", "'2e1'", "factors/small.json: /factors/0/kg: \"2e1\" is not a number", true},
    {FACTORS, "'20'", "'20.1234567'",
     "factors/small.json: /factors/0/kg: \"20.1234567\" is too many decimal places", false},
    {FACTORS, "'0.5'", "'-0.5'", "factors/small.json: /factors/2/kg: must be from 0 to", true},
    {FACTORS, "'20'", "'31'", "factors/small.json: /factors/0: kg must lie from low to high",
     false},
    {FACTORS, "'20'", "'9'", "factors/small.json: /factors/0: kg must lie from low to high",
     false},
    {FACTORS, "'low':'10',", "", "factors/small.json: /factors/0: must have both low and high",
     true},
    {FACTORS, "'C'", "'E'", "factors/small.json: /factors/0/grade: \"E\" is not one of", true},
    {FACTORS, "'codes':['0301011R0BBBBBB']", "'codes':['0301011R0BBBBBB'],'products':['powder']",
     "factors/small.json: /factors/2: has codes and products", true},
    {FACTORS, "'codes':['0301011R0BBBBBB'],", "",
     "", false}, /* it is for the product of its own id */
    {FACTORS, "'powder','codes':['0301011R0BBBBBB']", "'powdr'",
     "factors/small.json: /factors/2: there is no product \"powdr\"", false},
    {FACTORS, "'low':'10','high':'30',", "",
     "factors/small.json: /factors/0: grade C needs low and high, or no_range", true},
    {FACTORS, "'grade':'C'", "'grade':'D','no_range':'w'",
     "factors/small.json: /factors/0: has a range, and no_range says why it has none", false},
    {FACTORS, "'low':'10','high':'30',", "'no_range':'none was published',", "", false},
    {FACTORS, "0301011R0BBBBBB", "0301011R0ZZZZZZ",
     "factors/small.json: /factors/2/codes/0: there is no product with the code \"0301011R0ZZZZZZ\"", false},
    {FACTORS, "'products':['puffer']", "'products':['huffer']",
     "factors/small.json: /factors/0/products/0: there is no product \"huffer\"", false},
    {FACTORS, "2024-12", "2025-01",
     "factors/small.json: /factors/1: the factors of 0301011R0AAAAAA overlap", false},
    {FACTORS, ",'to':'2024-12'", "",
     "factors/small.json: /factors/1: the factors of 0301011R0AAAAAA overlap", false},
    {FACTORS, "2024-12", "2024-11",
     "factors/small.json: /factors/0: the factors of 0301011R0AAAAAA leave a gap", false},
    {FACTORS, "'to':'2024-12'", "'from':'2025-01','to':'2024-12'",
     "factors/small.json: /factors/0: ends before it begins", false},
    {FACTORS, "2024-12", "2024-13",
     "factors/small.json: /factors/0/to: must be a month as \"YYYY-MM\"", true},
    {FACTORS, "2024-12", "202412", "factors/small.json: /factors/0/to: must be a month as", true},
    {FACTORS, "'puffer-new'", "'puffer-old'",
     "factors/small.json: /factors/1: \"puffer-old\" is there twice", false},
    {FACTORS, "'grade':'A','basis':'whole_life','derivation':'b','source':'S01'", "'grade':'A','basis':'whole_life','derivation':'b','source':'S99'",
     "factors/small.json: /factors/1/source: there is no source \"S99\"", false},
    {FACTORS, "'id':'small'", "'id':'run'",
     "factors/small.json: /: a set cannot have the id \"run\"", false},
    {FACTORS, "'grade':'A','basis':'whole_life'", "'grade':'A','basis':'propellant_only'",
     "factors/small.json: /factors/1: a figure of the propellant alone is of grade B at most",
     false},
    {FACTORS, "'grade':'B','basis':'whole_life'", "'grade':'B','basis':'propellant_only'",
     "factors/small.json: /factors/2: counts the propellant alone, and the set does not show",
     false},
    {FACTORS, "'grade':'A','basis':'whole_life'",
     "'grade':'A','basis':'whole_life','propellant_only':'2.6'",
     "factors/small.json: /factors/1: weighs less than its propellant alone", false},
    {FACTORS, "'grade':'B','basis':'whole_life'",
     "'grade':'B','basis':'whole_life','addition':'1','addition_low':'1','addition_high':'1'",
     "factors/small.json: /factors/2: nothing is added to a figure of the whole life", false},
    {FACTORS, "'grade':'B','basis':'whole_life'",
     "'grade':'B','basis':'propellant_only','addition':'1','addition_low':'2','addition_high':'3'",
     "factors/small.json: /factors/2: addition must lie from addition_low to", false},
    {FACTORS, "'kg':'2.5'", "'version':'two','kg':'2.5'",
     "factors/small.json: /factors/1: the months are those of the version", false},
    {FACTORS, "'codes':['0301011R0BBBBBB']", "'products':['powder'],'version':'three'",
     "factors/small.json: /factors/2: \"powder\" has no version \"three\"", false},
    {FACTORS, "'codes':['0301011R0BBBBBB']", "'products':['powder'],'version':'two'",
     "", false}, /* right: the months of the other version are before its first factor */
#define VERSIONS "products/versions.json"
    {VERSIONS, "2024-12", "2024-11",
     "products/versions.json: /products/0/versions/0: the versions of \"powder\" leave a gap",
     false},
    {VERSIONS, "2024-12", "2025-01",
     "products/versions.json: /products/0/versions/1: the versions of \"powder\" have shares that "
     "do not sum to 1", false},
    {VERSIONS, "'product':'powder'", "'product':'dust'",
     "products/versions.json: /products/0/product: there is no product \"dust\"", false},
    {VERSIONS, "'from':'2025-01'", "'from':'2025-01','share':'1.5'",
     "products/versions.json: /products/0/versions/1: share must lie", false},
    {VERSIONS, "'from':'2025-01'", "'from':'2025-01','share':'1','share_low':'0'",
     "products/versions.json: /products/0/versions/1: must have both share_low and", false},
    {VERSIONS, "'from':'2025-01'", "'from':'2025-01','prepared':true",
     "products/versions.json: /products/0/versions/1: is either prepared or has a month", false},
    {VERSIONS, "'to':'2024-12'", "'from':'2025-12','to':'2024-12'",
     "products/versions.json: /products/0/versions/0: ends before it begins", false},
    {VERSIONS, "'1234567890'", "'12345'", "products/versions.json: /products/0/versions/1: dmd: \"12345\" is not a SNOMED code",
     true},
#define PATTERNS "products/patterns.json"
    {PATTERNS, "'device':'DPI','unit':'capsule',", "",
     "products/patterns.json: /patterns/0: says nothing", false},
    {PATTERNS, "'SABA'", "'SUBA'", "products/patterns.json: /classes/0/class: there is no class",
     false},
    {PATTERNS, "'quick','words'", "'dusty','words'",
     "products/patterns.json: /classes/0/id: \"dusty\" is there twice", false},
    {"products/national_items.json", "'0.25'", "'0.3'",
     "products/national_items.json: /chemicals/0: its shares do not sum to 1", false},
    {"products/national_items.json", "'puffer'", "'huffer'",
     "products/national_items.json: /chemicals/0/mix/0/product: there is no product", false},
#define MEASURES "measures/small.json"
    {MEASURES, "'factor_set':'small',", "",
     "measures/small.json: /measures/0: sums carbon and names no", false},
    {MEASURES, "'direction':'none',", "'direction':'none','factor_set':'run',",
     "measures/small.json: /measures/1: names a factor_set and sums no carbon", false},
    {MEASURES, "'factor_set':'small'", "'factor_set':'large'",
     "measures/small.json: /measures/0/factor_set: there is no factor set \"large\"", false},
    {MEASURES, "'SABA'", "'SUBA'", "measures/small.json: /measures/1/numerator/where/classes/0: there is no class \"SUBA\"",
     false},
    {MEASURES, "'pMDI'", "'MDI'", "measures/small.json: /measures/1/numerator/where/devices/0: \"MDI\" is not one of",
     true},
    {MEASURES, "'kgco2e'", "'co2'",
     "measures/small.json: /measures/0/numerator/sum: \"co2\" is not one of", true},
    {MEASURES, "'refill':false", "'refill':0",
     "measures/small.json: /measures/1/numerator/where/refill: must be true or false", true},
    {MEASURES, "'lower'", "'down'", "measures/small.json: /measures/0/direction: \"down\" is not",
     true},
    {MEASURES, "'share'", "'mean'", "measures/small.json: /measures/1/id: \"mean\" is there twice",
     false},
    {MEASURES, "'caveats':['c'],", "", "measures/small.json: /measures/0: lacks \"caveats\"",
     true},
#define HOSPITAL "extracts/small_hospital.json"
    {HOSPITAL, "'vmp_code'", "'ignored'",
     "extracts/small_hospital.json: /eras/0: no column means vmp_code", false},
    {HOSPITAL, "'subject':'hospital'", "'subject':'veterinary'",
     "extracts/small_hospital.json: /subject: \"veterinary\" is not one of", true},
    {HOSPITAL, "'subject':'hospital',", "",
     "extracts/small_hospital.json: /eras/0: no column means practice_code", false},
    {HOSPITAL, "'rank':2", "'rank':0",
     "extracts/small_hospital.json: /series/0/rank: must be a whole number", true},
    {HOSPITAL, "'names':['final']", "'names':[]",
     "extracts/small_hospital.json: /series/0/names: must be a list with at least one", true},
#define UNITS "units/small.json"
    {UNITS, "'258773002'", "'25877'", "units/small.json: /units/0/dmd: \"25877\" is not a SNOMED",
     true},
    {UNITS, "'258773002'", "'3.9E16'", "units/small.json: /units/0/dmd: \"3.9E16\" is not", true},
    {UNITS, "1000000", "1000000001", "units/small.json: /units/0/nanolitres: must be whole", true},
    {UNITS, "'is':'volume'", "'is':'none'", "units/small.json: /units/0: a volume, and nothing",
     false},
    {UNITS, ",'nanolitres':1000000", "", "units/small.json: /units/0: a volume, and nothing",
     false},
    {UNITS, "'drum'", "'ml'", "units/small.json: /units/1: \"ml\" is there twice", false},
    {UNITS, "['tank',", "['Ml',", "units/small.json: /units/1: \"ml\" is there twice", false},
#define GASES "products/gases_small.json"
    {GASES, "123456002", "123456001", "products/gases_small.json: /gases/1/codes/0/code: \"123456001\" is there twice",
     false},
    {GASES, "'713.4'", "'713.4001'", "products/gases_small.json: /gases/0/density_g_per_l: must be",
     true},
    {GASES, "'713.4'", "713.4", "products/gases_small.json: /gases/0/density_g_per_l: must be",
     true},
    {GASES, ",'density_source':'S01'", "", "products/gases_small.json: /gases/0: a bottle and a "
     "density each come with", false},
    {GASES, "'bottle_source':'S01'", "'bottle_source':'S99'",
     "products/gases_small.json: /gases/0/bottle_source: there is no source \"S99\"", false},
    {GASES, "'nitrous_oxide_permille':1000,", "",
     "products/gases_small.json: /gases/1: a gas says how much", false},
    {GASES, "1000,", "1001,", "products/gases_small.json: /gases/1: more than all", true},
    {GASES, "'gas':'laughing-gas'", "'gas':'ozone'",
     "products/gases_small.json: /cylinders/0/gas: there is no gas \"ozone\"", false},
    {GASES, "'form':'liquid'", "'form':'solid'",
     "products/gases_small.json: /gases/0/form: \"solid\" is not one of", true},
    {GASES, "'laughing-gas','name'", "'ether','name'",
     "products/gases_small.json: /gases/1/id: \"ether\" is there twice", false},
#define POTENTIALS "factors/gases-small.json"
    {POTENTIALS, "'gas':'laughing-gas'", "'gas':'ether'",
     "factors/gases-small.json: /factors/1: \"ether\" is there twice", false},
    {POTENTIALS, "'gas':'ether'", "'gas':'ozone'",
     "factors/gases-small.json: /factors/0/gas: there is no gas \"ozone\"", false},
    {POTENTIALS, "'gwp':10,", "'gwp':10.5,",
     "factors/gases-small.json: /factors/0/gwp: must be a whole number", true},
    {POTENTIALS, ",'density_source':'S01'", "",
     "factors/gases-small.json: /factors/1: a density comes with its source", false},
#define SMALL "measures/small_denominators.json"
    {SMALL, "['gas_ml']", "['items']",
     "measures/small_denominators.json: /small_denominators/1: is about a sum that \"few\" is about",
     false},
    {SMALL, "'gas_ml'", "'drops'", "measures/small_denominators.json: /small_denominators/1/sums",
     true},
    {SMALL, "['gas_ml']", "[]", "measures/small_denominators.json: /small_denominators/1/sums: must be a list with at least one text", true},
    {SMALL, "'inhalers'", "'items'", "measures/small_denominators.json: /small_denominators/0/sums/1: \"items\" is there twice", true},
    {SMALL, "'15'", "15", "measures/small_denominators.json: /small_denominators/0/below: ", true},
    {SMALL, "'note':'n'},", "'note':''},", "measures/small_denominators.json: /small_denominators/0/note: ", true},
    {SMALL, "'S01'", "'S99'", "measures/small_denominators.json: /small_denominators/0/source: there is no source \"S99\"", false},
    {SMALL, "'little'", "'few'", "measures/small_denominators.json: /small_denominators/1/id: \"few\" is there twice", false},
#define GAS_MEASURES "measures/gases_small.json"
    {GAS_MEASURES, "['ether']", "['ozone']",
     "measures/gases_small.json: /measures/0/numerator/where/gases/0: there is no gas \"ozone\"", false},
    {GAS_MEASURES, "{'sum':'gas_ml','where':{'supply'", "{'sum':'items','where':{'supply'",
     "measures/gases_small.json: /measures/0: sums inhalers and gases", false},
    {GAS_MEASURES, "'gases':['ether']", "'classes':['SABA']",
     "measures/gases_small.json: /measures/0: has conditions of other data", false},
    {GAS_MEASURES, "'factor_set':'gwp',", "",
     "measures/gases_small.json: /measures/1: sums carbon and names no factor_set", false},
    {GAS_MEASURES, "'factor_set':'gwp'", "'factor_set':'small'",
     "measures/gases_small.json: /measures/1: its factor_set is not one of", false},
    {GAS_MEASURES, "'headline'", "'share'",
     "measures/gases_small.json: /measures/1: is a share of nothing", false},
#define SWITCHES "switches/small.json"
    {SWITCHES, "'to':'powder'", "'to':'puffer'",
     "switches/small.json: /switches/0/pairs/0: switches \"puffer\" to itself", false},
    {SWITCHES, "'from':'puffer'", "'from':'huffer'",
     "switches/small.json: /switches/0/pairs/0/from: there is no product \"huffer\"", false},
    {SWITCHES, "'to':'powder'", "'to':'chowder'",
     "switches/small.json: /switches/0/pairs/0/to: there is no product \"chowder\"", false},
    {SWITCHES, "}],'source'",
     "},{'from':'puffer','to':'powder','from_inhalers':3,'to_inhalers':1}],'source'",
     "switches/small.json: /switches/0/pairs/1: \"puffer to powder\" is there twice", false},
    {SWITCHES, "'prompts':['ask']", "'prompts':['ask','look']",
     "switches/small.json: /switches/0/prompts/1: there is no prompt \"look\"", false},
    {SWITCHES, "'to_inhalers':2", "'to_inhalers':2,'prompts':['look']",
     "switches/small.json: /switches/0/pairs/0/prompts/0: there is no prompt \"look\"", false},
    {SWITCHES, "'to_inhalers':2", "'to_inhalers':0",
     "switches/small.json: /switches/0/pairs/0/to_inhalers: must be a whole number", true},
    {SWITCHES, "'to_inhalers':2", "'to_inhalers':1000001",
     "switches/small.json: /switches/0/pairs/0/to_inhalers: must be a whole number", false},
    {SWITCHES, "'factors'", "'faith'",
     "switches/small.json: /switches/0/evidence: \"faith\" is not one of", true},
    {SWITCHES, "'ask first','source':'S01'", "'ask first','source':'S99'",
     "switches/small.json: /prompts/0/source: there is no source \"S99\"", false},
#define QUANTITIES "quantities/small.json"
    {QUANTITIES, "'E92000001'],'units':['capsule'", "'E92000009'],'units':['capsule'",
     "quantities/small.json: /rules/1/nations/0: there is no nation \"E92000009\"", false},
    {QUANTITIES, "'capsule'", "'cartridge'",
     "quantities/small.json: /rules/1: \"cartridge in E92000001\" is there twice", false},
    {QUANTITIES, "'capsule'", "'dose'", "quantities/small.json: /rules/1/units/0: \"dose\" is not one of",
     true},
    {QUANTITIES, "['capsule']", "[]", "quantities/small.json: /rules/1/units: must be a list with at least one text",
     true},
    {QUANTITIES, "['capsule']", "'capsule'", "quantities/small.json: /rules/1/units: must be a list",
     true},
    {QUANTITIES, "'10'", "10", "quantities/small.json: /rules/1/mean_below: must be a decimal", true},
    {QUANTITIES, "'10'", "'0.0001'", "quantities/small.json: /rules/1/mean_below: must be a decimal",
     true},
    {QUANTITIES, "'10'", "'0'", "quantities/small.json: /rules/1/mean_below: must be above 0", false},
    {QUANTITIES, "'mean_below':'10',", "",
     "quantities/small.json: /rules/1: has neither mean_above nor mean_below", true},
    {QUANTITIES, "'mean_below':'10',", "'mean_below':'10','mean_after':'1',",
     "quantities/small.json: /rules/1: divide_by_doses and mean_after go together", true},
    {QUANTITIES, ",'mean_after':'0.5'", "",
     "quantities/small.json: /rules/0: divide_by_doses and mean_after go together", true},
    {QUANTITIES, "'mean_above':'9'", "'mean_below':'9'",
     "quantities/small.json: /rules/0: divides by doses and has no mean_above", true},
    {QUANTITIES, "'inhaler'", "'blister'",
     "quantities/small.json: /rules/0: divides blisters by doses", false},
    {QUANTITIES, "'puffs'", "'packs'", "quantities/small.json: /rules/1/id: \"packs\" is there twice",
     false},
#define REGISTER "registers/small.json"
    {REGISTER, "'source':'S01'", "'source':'S09'", "registers/small.json: /source: there is no source \"S09\"", false},
    {REGISTER, "'active'", "'alive'", "registers/small.json: /statuses/0/status: \"alive\"", true},
    {REGISTER, "'role':'sex','is'", "'role':'shoe','is'", "registers/small.json: /only/0/role: \"shoe\"", true},
    {REGISTER, "'practice_code'", "'ignored'",
     "registers/small.json: /layouts/0: no column means practice_code", false},
    {REGISTER, "'patients'", "'sex'", "registers/small.json: /layouts/0: two columns mean sex", false},
    {REGISTER, "'headerless':true,", "",
     "registers/small.json: /layouts/1: headerless and code_length go together", false},
    {REGISTER, "'role':'practice_name'}", "'role':'practice_name','optional':true},{'name':'y','role':'ignored'}",
     "registers/small.json: /layouts/1: optional columns stand at the end", false},
    {REGISTER, "'list-bare'", "'list-one'", "registers/small.json: /layouts/1/id: \"list-one\" is there twice", false},
    {REGISTER, "'gp_setting':'4'", "'gp_setting':4", "registers/small.json: /gp_setting: must be a text", true},
#define PLACES "places/small.json"
    {PLACES, "'characters':3,", "", "places/small.json: /unidentified/1: suffix and characters go together", true},
    {PLACES, "'icb'", "'planet'", "places/small.json: /successions/0/level: \"planet\"", true},
    {PLACES, "'to_code':'QBB',", "", "places/small.json: /successions/0: has neither to_code nor to_name", false},
    {PLACES, "'2026-04-01'", "'2026-02-30'", "places/small.json: /successions/0: 2026-02-30 is not a day", false},
    {PLACES, "'id':'two'", "'id':'one'", "places/small.json: /successions/1/id: \"one\" is there twice", false},
    {PLACES, "'id':'ending'", "'id':'nobody'", "places/small.json: /unidentified/1/id: \"nobody\" is there twice", false},
    {PLACES, "'date':'2026-04-01','source':'S01'", "'date':'2026-04-01','source':'S09'",
     "places/small.json: /successions/0/source: there is no source \"S09\"", false},
    {"measures/small.json", "'sum':'packs'", "'sum':'thousand_patients'",
     "measures/small.json: /measures/0: patients are not of a product", false},
    {"measures/small.json", "'sum':'items'", "'sum':'thousand_patients'",
     "measures/small.json: /measures/1: patients can only be in the denominator", true},
};

/* clang-format on */

static char *quoted(const char *text)
{
    char *const copy = strdup(text);

    for (char *at = copy; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    return copy;
}

static void write_quoted(const char *folder, const char *name, const char *text)
{
    char path[4096];
    char *const copy = quoted(text);

    snprintf(path, sizeof path, "%s/%s", folder, name);
    write_text(path, copy);
    free(copy);
}

static const char *right_text(const char *name)
{
    for (size_t i = 0; i < LENGTH_OF(small); i++)
        if (strcmp(small[i].name, name) == 0)
            return small[i].text;
    cr_assert(false, "there is no %s", name);
    return NULL;
}

/* The file of a mistake with the mistake in it; to be freed. */
static char *broken(const struct mistake *mistake)
{
    const char *const text = right_text(mistake->file);
    const char *const at =
        mistake->find == NULL ? text + strlen(text) : strstr(text, mistake->find);
    const size_t gone = mistake->find == NULL ? 0 : strlen(mistake->find);
    char *made = NULL;

    cr_assert(at != NULL, "%s has no %s", mistake->file, mistake->find);
    cr_assert(asprintf(&made, "%.*s%s%s", (int)(at - text), text, mistake->put, at + gone) > 0,
              "memory");
    return made;
}

static const char *write_small(void)
{
    const char *const folder = in_scratch("rules");

    shell("mkdir -p '%s' && cd '%s' && mkdir -p extracts units products factors measures switches "
          "quantities registers places targets plan portals",
          folder, folder);
    for (size_t i = 0; i < LENGTH_OF(small); i++)
        write_quoted(folder, small[i].name, small[i].text);
    return folder;
}

/* Without the line, where `like` names none, and without the id of the entry: the small rules
 * have a file in a line.  tests/rules/test_faults.c is about both. */
static void plain(char *said, const char *like)
{
    char *const end = strstr(said, ": /");
    char *at = end;
    char *id;

    if (end == NULL)
        return;
    while (at > said && at[-1] >= '0' && at[-1] <= '9')
        at--;
    if (at > said && at[-1] == ':' && strncmp(said, like, (size_t)(end - said)) != 0)
        memmove(at - 1, end, strlen(end) + 1);
    id = strstr(strstr(said, ": /"), " (");
    at = strstr(strstr(said, ": /") + 2, ": ");
    if (id != NULL && at != NULL && id < at)
        memmove(id, at, strlen(at) + 1);
}

/* Loads a folder; "" or the whole message. */
static char *load(const char *folder, enum status *status)
{
    static char said[2048];
    const struct rules_place place = {.base = folder};
    struct rules *rules = NULL;
    struct fail why = {0};

    *status = rules_load(&rules, &place, &why);
    said[0] = '\0';
    if (*status != STATUS_OK)
        fail_print(&why, said, sizeof said);
    else
        rules_free(rules);
    return said;
}

Test(rules, every_mistake_is_refused_with_its_file_and_path)
{
    const char *const folder = write_small();
    enum status status;
    char *said = load(folder, &status);

    cr_assert(status == STATUS_OK, "the small rules are right: %s", said);
    for (size_t i = 0; i < LENGTH_OF(mistakes); i++) {
        const struct mistake *const mistake = &mistakes[i];
        const bool wrong = mistake->said[0] != '\0'; /* the largest pack beside 200 doses is not */
        char *const text = broken(mistake);

        write_quoted(folder, mistake->file, text);
        said = load(folder, &status);
        plain(said, mistake->said);
        cr_expect(status == (wrong ? STATUS_RULE : STATUS_OK), "%s with %s: status %d, \"%s\"",
                  mistake->file, mistake->put, (int)status, said);
        cr_expect(strncmp(said, mistake->said, strlen(mistake->said)) == 0,
                  "%s with %s says\n\"%s\", not\n\"%s\"", mistake->file, mistake->put, said,
                  mistake->said);
        write_quoted(folder, mistake->file, right_text(mistake->file));
        free(text);
    }
}

Test(rules, a_file_too_large_or_too_deep_is_refused_before_it_is_built)
{
    enum { DEEP = 100000 };
    const char *const folder = write_small();
    char *const large = malloc(LIMIT_RULE_BYTES + 1);
    char path[4096];
    enum status status;
    const char *said;

    snprintf(path, sizeof path, "%s/version.json", folder);
    memset(large, ' ', LIMIT_RULE_BYTES + 1);
    memcpy(large, "{}", 2);
    write_whole(path, large, LIMIT_RULE_BYTES + 1);
    said = load(folder, &status);
    cr_expect(status == STATUS_RULE && strstr(said, "version.json: /: larger than") != NULL,
              "%d: %s", (int)status, said);
    write_whole(path, large, LIMIT_RULE_BYTES);
    said = load(folder, &status);
    cr_expect(status == STATUS_RULE && strstr(said, "lacks \"version\"") != NULL,
              "the largest is read: %s", said);
    memset(large, '[', DEEP);
    write_whole(path, large, DEEP);
    said = load(folder, &status);
    cr_expect(status == STATUS_RULE && strstr(said, "not valid JSON") != NULL, "%s", said);
    write_whole(path, "{\"version\":\"\0\"}", 15);
    said = load(folder, &status);
    cr_expect(status == STATUS_RULE && strstr(said, "holds a zero character") != NULL, "%s", said);
    free(large);
}

/* No header has so many; comparing all with all would take minutes. */
Test(rules, an_era_with_more_columns_than_any_row_may_have_is_refused)
{
    const char *const folder = write_small();
    char *text = strdup(right_text(EXTRACT));
    enum status status;
    const char *said;

    for (int i = 8; i < LIMIT_COLUMNS + 1; i++) {
        char *const before = text;
        char *const at = strstr(text, "{'name':'X'");

        cr_assert(asprintf(&text, "%.*s{'name':'X%d','role':'ignored'},%s", (int)(at - before),
                           before, i, at) > 0,
                  "memory");
        free(before);
        if (i < LIMIT_COLUMNS - 1)
            continue;
        write_quoted(folder, EXTRACT, text);
        said = load(folder, &status);
        if (i == LIMIT_COLUMNS - 1)
            cr_expect(status == STATUS_OK, "as many as a row may have: %s", said);
        else
            cr_expect(strcmp(said, EXTRACT ":1: /eras/0 (old): more than 64 columns") == 0, "%s",
                      said);
    }
    free(text);
}

Test(rules, a_missing_file_or_folder_is_no_input)
{
    const char *const folder = write_small();
    enum status status;
    const char *said;

    shell("rm '%s/sources.json'", folder);
    said = load(folder, &status);
    cr_expect(status == STATUS_NO_INPUT && strstr(said, "sources.json: ") != NULL, "%s", said);
    said = load("/no/such/folder", &status);
    cr_expect(status == STATUS_NO_INPUT && strstr(said, "/no/such/folder/version.json") != NULL,
              "%s", said);
}

/* Every mistake in a folder of its own, beside the schemas; all in one run. */
Test(rules, the_schemas_refuse_what_they_can_express)
{
    alarm(300);
    const char *const folder = write_small();
    char name[4096];
    char *told;

    if (shell("/usr/bin/python3 -c 'import jsonschema'") != 0)
        cr_skip_test("python3-jsonschema is not here");
    shell("cd '%s' && for f in *.json */*.json; do cp -n '%s'/$(dirname $f)/*.schema.json "
          "$(dirname $f); done",
          folder, in_root("rules"));
    cr_expect(shell("cd '%s' && /usr/bin/python3 '%s' .", folder, in_root("tools/schemas.py")) == 0,
              "the small rules are right: %s", shell_output());
    for (size_t i = 0; i < LENGTH_OF(mistakes); i++) {
        char *const text = broken(&mistakes[i]);

        snprintf(name, sizeof name, "%s/%zu", in_scratch("broken"), i);
        if (mistakes[i].schema) {
            shell("mkdir -p '%s' && cp -r '%s/.' '%s'", name, folder, name);
            write_quoted(name, mistakes[i].file, text);
        }
        free(text);
    }
    cr_expect(shell("cd '%s' && /usr/bin/python3 '%s' .", in_scratch("broken"),
                    in_root("tools/schemas.py")) == 1,
              "the schemas must complain");
    told = strdup(shell_output());
    for (size_t i = 0; i < LENGTH_OF(mistakes); i++) {
        snprintf(name, sizeof name, "%zu/%s: ", i, mistakes[i].file);
        if (mistakes[i].schema)
            cr_expect(strstr(told, name) != NULL, "the schema takes %s with %s", mistakes[i].file,
                      mistakes[i].put);
    }
    free(told);
}
