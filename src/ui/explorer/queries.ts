/** Whether a question can be asked of a scenario: the engine says, and its answer never goes stale. */
import { queryOptions } from "@tanstack/react-query";
import type { Client } from "../../engine/client.ts";

export const askQuery = (client: Client, handle: number, text: string) =>
  queryOptions({
    queryKey: ["ask", handle, text],
    queryFn: () => client.call("ask", { handle, text }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    networkMode: "always",
  });
