/** The search as tests of small cases want it: whole, and without anybody looking on. */
import { Product } from "../explore/automata/product.ts";
import type { Watch } from "../explore/automata/watch.ts";
import type { Report } from "../explore/properties/property.ts";
import { Search } from "../explore/search.ts";
import { machineFor, subjectOf } from "../lab.ts";
import type { Scenario } from "../scenario/scenario.ts";

export function searchOf(scenario: Scenario, most?: number, watches: (report: Report) => readonly Watch[] = () => []): Search {
  const product = new Product(scenario, subjectOf(scenario).provider, watches);
  return new Search(product, product.begin(machineFor(scenario).initial), most);
}

export function searched(scenario: Scenario, most?: number, watches: (report: Report) => readonly Watch[] = () => []): Search {
  const search = searchOf(scenario, most, watches);
  for (const _ of search.run());
  return search;
}
