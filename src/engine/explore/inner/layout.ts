/**
 * Where the inner loop keeps things: fixed places at the bottom of its memory, in words.
 * Above `HEAP` memory is handed out and, but for the slots of tables that have grown,
 * never given back.
 */

/** Columns of a row: the number of its table, of the lock and the pending flushes, of each actor's node; the last is what watches remember. */
export const TABLE: i32 = 0;
export const SHARED: i32 = 1;
export const ACTORS: i32 = 2;
export const MOST_ACTORS: i32 = 16;

/** Columns of a state that is kept: its context (`contexts.ts`), then each actor's node. */
export const CONTEXT: i32 = 0;
export const NODES: i32 = 1;

/** Below this an inner loop that is compiled may keep things of its own. */
const BOTTOM: i32 = 4096;

/** Set once, before the first state. */
export const ACTOR_COUNT: i32 = BOTTOM;
export const ENTRIES: i32 = BOTTOM + 1;
export const MOST_STATES: i32 = BOTTOM + 2;
/** The logarithm of the entries in a block. */
export const BLOCK_SHIFT: i32 = BOTTOM + 3;
/** What a reduced search leaves out (`reduction.ts`): nothing, other orders of quiet steps, accesses that may wait as well. */
export const LEAVES_OUT: i32 = BOTTOM + 4;
export const QUIET_STEPS = 1;
export const WAITING_TOO = 2;
/** By actor: 1 for an MMU, 0 for a kernel's. */
export const IS_MMU: i32 = BOTTOM + 16;

/** How far it is. */
export const TOP: i32 = BOTTOM + 32;
export const STATES: i32 = BOTTOM + 33;
export const EXPANDED: i32 = BOTTOM + 34;
export const TABLES: i32 = BOTTOM + 35;
/** Pairs of numbers that have one of their own. */
export const PAIRS: i32 = BOTTOM + 45;
/** How many contexts there are. */
export const CONTEXTS: i32 = BOTTOM + 46;
/** All edges, and those of the states expanded. */
export const EDGES: i32 = BOTTOM + 36;
export const DONE_EDGES: i32 = BOTTOM + 37;
/** The depth of the states being expanded, how many it has and the one before it had, and the first state of the next. */
export const DEPTH: i32 = BOTTOM + 38;
export const WIDTH: i32 = BOTTOM + 39;
export const WIDTH_BEFORE: i32 = BOTTOM + 40;
export const DEEPER: i32 = BOTTOM + 41;
/** The state whose steps are being made, and the position of the one being made among them. */
export const FROM: i32 = BOTTOM + 49;
export const POSITION: i32 = BOTTOM + 42;
/** There was no room for a state. */
export const IS_FULL: i32 = BOTTOM + 43;
/** A bit for each property that has failed; by property the state and the position of its first failure. */
export const FAILED: i32 = BOTTOM + 44;
export const FAILED_AT: i32 = BOTTOM + 64;

/** Where the parts of the context are that the state being expanded is in. */
export const PARTS_NOW: i32 = BOTTOM + 53;
/** What the state being expanded is in, who is in which call there, its sum (`states.ts`), and with whom its step under way has to do. */
export const CONTEXT_NOW: i32 = BOTTOM + 50;
export const CALLS_NOW: i32 = BOTTOM + 56;
export const SUM: i32 = BOTTOM + 51;
export const WITH: i32 = BOTTOM + 52;
/** With nobody but its actor; with what TLBs hold, which it does not change; with TLBs that it changes. */
export const NOBODY_ELSE: i32 = 0;
export const TLBS_AS_THEY_ARE: i32 = 1;
export const OTHERS: i32 = 2;
/** Something fails on the step being made. */
export const IS_FAILING: i32 = BOTTOM + 54;
/** Of a step that has to be made. */
export const NEVER_LEFT_OUT: i32 = -1;
/** The row of the state being expanded, and of the one that the step being made leads to. */
export const ROW: i32 = BOTTOM + 128;
export const AFTER: i32 = BOTTOM + 160;
/** By column of a state: a key for its sum. */
export const KEYS: i32 = BOTTOM + 192;
/** Steps of a state that have been made and not yet been added: a row each, and who makes it. */
export const MOST_MADE: i32 = 64;
export const MADE_WORDS: i32 = 32;
export const MADE: i32 = BOTTOM + 47;
/** Written, never read: so that what was fetched ahead counts as used. */
export const NEAR: i32 = BOTTOM + 48;
export const MADE_ROWS: i32 = BOTTOM + 256;

/** Answers from outside. */
export const OUT: i32 = MADE_ROWS + MOST_MADE * MADE_WORDS;
export const OUT_WORDS: i32 = 4096 * 6;

/** Steps of an actor that have to do with nobody else, found in a state: how many, and of each the context and the node that it leads to and what it is about. */
export const FOUND: i32 = OUT + OUT_WORDS;
export const FOUND_STEP: i32 = 3;
export const MOST_FOUND: i32 = 4096;

/**
 * The kernel steps that hardware's last access waits for in the state being expanded: how many, 0 if it may not wait; of
 * each the entry that it is about, plus one, what it leaves there, whether that is something else, and where it stands
 * what its watches look at.
 */
export const MOVING: i32 = FOUND + 1 + MOST_FOUND * FOUND_STEP;
export const MOVING_STEP: i32 = 4;

/** Lists: a directory of chunks, and how many chunks it has room for and holds. */
const LISTS: i32 = MOVING + 1 + MOST_ACTORS * MOVING_STEP;
export const LIST: i32 = 3;
export const STATE_LIST: i32 = LISTS;
export const EDGE_LIST: i32 = LISTS + LIST;
export const TABLE_LIST: i32 = LISTS + 2 * LIST;
export const WORD_LIST: i32 = LISTS + 3 * LIST;
export const SHARED_LIST: i32 = LISTS + 4 * LIST;
export const CONTEXT_LIST: i32 = LISTS + 5 * LIST;
/** One for each actor. */
export const NODE_LISTS: i32 = LISTS + 6 * LIST;
const AFTER_LISTS: i32 = NODE_LISTS + MOST_ACTORS * LIST;

/** Tables of slots, in segments of three words each (`space.ts`). */
export const SEGMENTS: i32 = 256;
export const SEGMENT: i32 = 3;
const SLOTS: i32 = SEGMENTS * SEGMENT;
export const STATE_SLOTS: i32 = AFTER_LISTS;
export const TABLE_SLOTS: i32 = STATE_SLOTS + SLOTS;
/** What is asked for most often has memos of its own: they stay near. */
export const EDGE_MEMO: i32 = TABLE_SLOTS + SLOTS;
export const STEP_MEMO: i32 = EDGE_MEMO + SLOTS;
export const MEMO: i32 = STEP_MEMO + SLOTS;
/** Words that were given back, by the logarithm of their size. */
export const FREE: i32 = MEMO + SLOTS;

/** Tables that others have become lately: from which, by which word at which entry, to which. */
export const RECENT_CHANGES: i32 = FREE + 32;
export const RECENT: i32 = 1 << 15;

/** States that have been stepped to lately: the hash, and the number plus one. */
export const RECENT_STATES: i32 = RECENT_CHANGES + 4 * RECENT;

export const HEAP: i32 = RECENT_STATES + 2 * RECENT;

/** What is asked of those outside, and what is remembered. */
export const ASK_WORD: i32 = 1;
export const ASK_NODE: i32 = 2;
export const ASK_SHARED: i32 = 3;
export const ASK_PROGRAM: i32 = 4;
export const ASK_EDGE: i32 = 5;
export const ASK_MOVES: i32 = 6;
export const ASK_FLUSHED: i32 = 7;
export const ASK_LANDINGS: i32 = 8;
export const ASK_SHARED_AFTER: i32 = 9;
export const ASK_WATCHED: i32 = 10;
export const ASK_END: i32 = 11;
export const ASK_FACT: i32 = 16;
/** Not asked: what fails where something has been watched, the number of a pair and of a context, the steps of an actor. */
export const FAILING: i32 = 12;
export const PAIR: i32 = 13;
export const CONTEXT_OF: i32 = 14;
export const STEPS: i32 = 15;
export const STEPS_AMONG_TLBS: i32 = 17;

/** What is known of a word, a bit each. */
export const IS_KNOWN: i32 = 1;
export const IS_VALID: i32 = 2;
/** What hardware does at it depends on its whole block. */
export const LOOKS_AT_BLOCK: i32 = 4;

/**
 * Of a node: what it does next (0 while unknown), the entry that it is about, the flush that it makes; the call it is in,
 * of an MMU how many accesses are left to it; and a bit for each block that it may still access, and for each it may write.
 */
export const NODE_FACTS: i32 = 6;
export const CALL_OF: i32 = 3;
export const ACCESSES_LEFT: i32 = 4;
export const WRITES_LEFT: i32 = 5;
/** Behind them two words that it has observed, plus one, each with the edge that it took. */
export const NODE_WORDS: i32 = 10;
export const THROUGH: i32 = 1;
/** Looks at an entry. */
export const TOUCH: i32 = 2;
/** Changes nothing that others see. */
export const QUIET: i32 = 3;
export const FLUSH: i32 = 4;
/** A flush that it does not wait for. */
export const FLUSH_LATER: i32 = 5;
export const LOCK: i32 = 6;
export const UNLOCK: i32 = 7;
/** Of an MMU: an access to one entry, or to any that is valid. */
export const ACCESS: i32 = 8;
export const ACCESS_ANY: i32 = 9;

/** Of a lock with flushes, two words: whether anybody holds it (0 while unknown), and whether any flush is pending. */
export const SHARED_WORDS: i32 = 2;
export const NOBODY: i32 = 1;

/** Of an edge, behind the node it leads to, what it stores, its program and whether its actor is through then. */
export const IS_ONWARD: i32 = 4;
/** It neither begins nor ends a call. */
export const STAYS_IN_CALL: i32 = 5;

/** What may happen to them. */
export const LOCKED: i32 = 0;
export const UNLOCKED: i32 = 1;
export const ISSUED: i32 = 2;
export const LANDED: i32 = 3;
export const ALL_LANDED: i32 = 4;

/** What a program of watches looks at beside facts of tables and what they remember. */
export const LOOKS_SHARED: i32 = 1;
/** Who is in which call. */
export const LOOKS_CALLS: i32 = 2;
/** The nodes of MMUs, after the step. */
export const LOOKS_TLBS: i32 = 4;
