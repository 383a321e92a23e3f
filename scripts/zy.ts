import { explore } from "../src/engine/explore/explore.ts";
import { resultOf } from "../src/engine/explore/graph/graph.ts";
import { PROPERTIES } from "../src/engine/explore/properties/property.ts";
import { subjectOf } from "../src/engine/lab.ts";
import { parseScenarioText } from "../src/engine/scenario/parse.ts";
import { Answers } from "../src/engine/explore/automata/answers.ts";
import { readFileSync } from "node:fs";
import { Product } from "../src/engine/explore/automata/product.ts"; const b0=Product.prototype.begin; Product.prototype.begin=function(s){(globalThis as any).P=this; return b0.call(this,s)}; const masks=new Map<number,number>(); const counts: number[] = []; const times: number[] = [];
const to = Answers.prototype.to;
Answers.prototype.to = function (k, a, b, c) { const t = performance.now(); const r = to.call(this, k, a, b, c); if (k===10) { const P=(globalThis as any).P; const m=P.looks(b); masks.set(m,(masks.get(m)??0)+1);} counts[k] = (counts[k] ?? 0) + 1; times[k] = (times[k] ?? 0) + performance.now() - t; if (k === 10) { const m = (this as any).looks?.(b); } return r; };
const src = readFileSync("scripts/benchExplore.ts","utf8");
const body = src.slice(src.indexOf("const LAST"), src.indexOf("interface Measured")).replace(/: Readonly<Record<string, object>>|: object\[\]|: object|: number|: string/g,"");
const MODELS = new Function(body + "; return MODELS;")();
for (const m of Object.keys(MODELS)) { counts.length=0; times.length=0; const p = parseScenarioText(JSON.stringify({version:1,...MODELS[m]})); if(!p.ok) throw 1; const t=performance.now();
 const compiled = new WebAssembly.Module(readFileSync("/tmp/p4/loop.wasm"));
 resultOf(explore(subjectOf(p.scenario), {compiled,bounds:{states:20e6},properties:PROPERTIES,questions:[],first:false}, ()=>0));
 console.log([...masks]); masks.clear(); console.log(m, (performance.now()-t).toFixed(0), ["","word","node","shared","program","edge","moves","flushed","landings","sharedAfter","watched","end"].map((n,k)=>`${n} ${counts[k]??0} ${(times[k]??0).toFixed(0)}ms`).slice(1).join("; "));
}
