/* The timetable of a day of meetings: no one in two places, as few slots as there can be.
 *
 * at_candidate[c * slots + s] is the panel that candidate c meets in slot s, at_panel[p * slots + s] the
 * candidate whom panel p meets: OPEN where nobody, BARRED where the slot cannot be used. Neighbours are kept
 * instead of meetings, so that a step along a chain of moves touches one row and no table of meetings.
 * free_* holds the open slots as bits. Same order of everything as in timetable.py: the answers are equal.
 */
#include <stdint.h>

#define VISIBLE __attribute__((visibility("default")))
#define OPEN (-1)
#define BARRED (-2)

typedef struct {
    int32_t slots;
    int32_t *at[2];       /* 0 = candidates, 1 = panels */
    uint64_t *free[2];
    int32_t languages;    /* 0 = no interpreter is needed by anybody */
    const int32_t *needs; /* by candidate: the language of the interpreter, -1 = none */
    const uint64_t *spoken; /* by panel: the languages that need no interpreter there */
    int32_t *left;        /* by language and slot: interpreters still free */
    uint64_t *served;     /* by language: the slots with an interpreter still free */
} Table;

static inline int32_t *row(const Table *t, int side, int32_t who) {
    return t->at[side] + (int64_t)who * t->slots;
}

static inline int lowest(uint64_t bits) { return __builtin_ctzll(bits); }

static inline uint64_t bit(int slot) { return (uint64_t)1 << slot; }

/* The language of the interpreter that this meeting needs, -1 = none. */
static inline int32_t language(const Table *t, int32_t candidate, int32_t panel) {
    if (!t->languages || t->needs[candidate] < 0) return -1;
    return t->spoken[panel] >> t->needs[candidate] & 1 ? -1 : t->needs[candidate];
}

static inline uint64_t usable(const Table *t, int32_t candidate, int32_t panel) {
    int32_t l = language(t, candidate, panel);
    return t->free[0][candidate] & (l < 0 ? ~(uint64_t)0 : t->served[l]);
}

static void count_interpreters(Table *t, int32_t l, int slot, int32_t change) {
    int32_t *left = t->left + (int64_t)l * t->slots + slot;
    *left += change;
    if (*left > 0) t->served[l] |= bit(slot);
    else t->served[l] &= ~bit(slot);
}

static void place(Table *t, int32_t candidate, int32_t panel, int slot) {
    int32_t l = language(t, candidate, panel);
    row(t, 0, candidate)[slot] = panel;
    row(t, 1, panel)[slot] = candidate;
    t->free[0][candidate] &= ~bit(slot);
    t->free[1][panel] &= ~bit(slot);
    if (l >= 0) count_interpreters(t, l, slot, -1);
}

/* The slot to begin with differs from panel to panel: would all begin with the first, the candidates' free
 * slots would all be the last ones, and panels met late would find nothing else. */
static inline int choose(uint64_t open, int32_t panel, int32_t slots) {
    int turn = panel % slots;
    uint64_t later = open >> turn << turn;
    return lowest(later ? later : open);
}

/* Make room for meeting i among the panel's own slots, where others of this panel may take another of theirs
 * (an augmenting path, König 1916, by bits). holder[s] is the meeting in slot s. Returns the slot that is now
 * held too, or -1 if there is none. */
static int shift_within(const Table *t, int32_t panel, const int32_t *who, int32_t i, uint64_t open,
                        int32_t *holder) {
    uint64_t own = t->free[1][panel], seen = usable(t, who[i], panel) & own;
    int queue[64], from[64], head = 0, tail = 0;
    for (uint64_t rest = seen; rest; rest &= rest - 1) {
        from[lowest(rest)] = -1;
        queue[tail++] = lowest(rest);
    }
    while (head < tail) {
        int slot = queue[head++];
        uint64_t fresh = usable(t, who[holder[slot]], panel) & own & ~seen;
        if (fresh & open) {
            int taken = choose(fresh & open, panel, t->slots), to = taken;
            for (int back = slot; back >= 0; to = back, back = from[back]) holder[to] = holder[back];
            holder[to] = i;
            return taken;
        }
        seen |= fresh;
        for (; fresh; fresh &= fresh - 1) {
            from[lowest(fresh)] = slot;
            queue[tail++] = lowest(fresh);
        }
    }
    return -1;
}

/* As many of the panel's meetings as its own slots allow without moving anybody of another panel. */
static void settle_panel(Table *t, int32_t panel, const int32_t *who, int32_t count) {
    int32_t holder[64];
    uint64_t own = t->free[1][panel], open = own;
    for (int32_t i = 0; i < count && open; i++) {
        uint64_t choice = usable(t, who[i], panel) & open;
        int slot = choice ? choose(choice, panel, t->slots) : shift_within(t, panel, who, i, open, holder);
        if (choice) holder[slot] = i;
        if (slot >= 0) open &= ~bit(slot);
    }
    /* One meeting of the panel in a slot, so that no two of them ask for the same last interpreter. */
    for (uint64_t held = own & ~open; held; held &= held - 1)
        place(t, who[holder[lowest(held)]], panel, lowest(held));
}

/* The interpreters that a chain of moves would ask for: those of the slots a and b that change hands. */
static int interpreters_suffice(const Table *t, const int32_t *more_in_b, int a, int b, int32_t fresh,
                                int fresh_slot) {
    for (int32_t l = 0; l < t->languages; l++) {
        int32_t in_a = -more_in_b[l] + (l == fresh && fresh_slot == a);
        int32_t in_b = more_in_b[l] + (l == fresh && fresh_slot == b);
        if (t->left[(int64_t)l * t->slots + a] < in_a || t->left[(int64_t)l * t->slots + b] < in_b) return 0;
    }
    return 1;
}

/* May everybody along the chain that leaves `who` by slot a change between a and b? The chain of a bipartite
 * graph never comes back (Kempe 1879, König 1916), so following it is enough. more_in_b: by language. */
static int may_swap(const Table *t, int side, int32_t who, int a, int b, int32_t *more_in_b) {
    int32_t next;
    int from = a, to = b;
    while ((next = row(t, side, who)[from]) >= 0) {
        if (row(t, 1 - side, next)[to] == BARRED) return 0;
        if (t->languages) {
            int32_t l = side ? language(t, next, who) : language(t, who, next);
            if (l >= 0) more_in_b[l] += from == a ? 1 : -1;
        }
        who = next;
        side = 1 - side;
        int kept = from;
        from = to;
        to = kept;
    }
    return 1;
}

static void swap_ends(Table *t, int side, int32_t who, int a, int b) {
    uint64_t both = bit(a) | bit(b), mask = t->free[side][who] & both;
    if (mask && mask != both) t->free[side][who] ^= both;
}

static void swap(Table *t, int side, int32_t who, int a, int b, const int32_t *more_in_b) {
    int from = a, to = b;
    swap_ends(t, side, who, a, b);
    for (;;) {
        int32_t *slots = row(t, side, who), next = slots[from];
        slots[from] = slots[to];
        slots[to] = next;
        if (next < 0) break;
        who = next;
        side = 1 - side;
        int kept = from;
        from = to;
        to = kept;
        /* The last of the chain has nothing in the slot by which it would go on: its free slot changes too. */
        if (row(t, side, who)[from] < 0) swap_ends(t, side, who, a, b);
    }
    for (int32_t l = 0; l < t->languages; l++) {
        if (!more_in_b[l]) continue;
        count_interpreters(t, l, a, more_in_b[l]);
        count_interpreters(t, l, b, -more_in_b[l]);
    }
}

/* Swap the chain that leaves `who` by slot a, so that a becomes free for the meeting of language l. */
static int free_by_swap(Table *t, int side, int32_t who, int a, int b, int32_t l) {
    int32_t more_in_b[64] = {0};
    if (!may_swap(t, side, who, a, b, more_in_b)) return 0;
    if (t->languages && !interpreters_suffice(t, more_in_b, a, b, l, a)) return 0;
    swap(t, side, who, a, b, more_in_b);
    return 1;
}

/* Find a slot for one meeting, moving others between two slots along one chain if need be. Where nothing is
 * barred and the slots are at least as many as the meetings of anybody, the first chain always serves. */
static int make_room(Table *t, int32_t candidate, int32_t panel) {
    int32_t l = language(t, candidate, panel);
    uint64_t his = t->free[0][candidate], theirs = t->free[1][panel];
    uint64_t common = usable(t, candidate, panel) & theirs;
    if (common) {
        place(t, candidate, panel, choose(common, panel, t->slots));
        return 1;
    }
    for (uint64_t x = his; x; x &= x - 1)
        for (uint64_t y = theirs; y; y &= y - 1) {
            int a = lowest(x), b = lowest(y);
            if (a == b) continue;
            int freed = -1;
            if (row(t, 1, panel)[a] >= 0 && free_by_swap(t, 1, panel, a, b, l)) freed = a;
            else if (row(t, 0, candidate)[b] >= 0 && free_by_swap(t, 0, candidate, b, a, l)) freed = b;
            if (freed < 0) continue;
            place(t, candidate, panel, freed);
            return 1;
        }
    return 0;
}

static int is_placed(const Table *t, int32_t candidate, int32_t panel) {
    const int32_t *slots = row(t, 1, panel);
    for (int32_t s = 0; s < t->slots; s++)
        if (slots[s] == candidate) return 1;
    return 0;
}

/* All panels in order of number; the meetings of panel p are who[ptr[p]] .. who[ptr[p+1]-1]. */
VISIBLE void timetable_settle(int32_t slots, int32_t *at_candidate, int32_t *at_panel, uint64_t *free_candidate,
                              uint64_t *free_panel, int32_t languages, const int32_t *needs,
                              const uint64_t *spoken, int32_t *left, uint64_t *served, const int64_t *ptr,
                              const int32_t *who, int64_t panels) {
    Table t = {slots, {at_candidate, at_panel}, {free_candidate, free_panel}, languages, needs, spoken, left,
               served};
    for (int32_t panel = 0; panel < panels; panel++) {
        int64_t begin = ptr[panel], end = ptr[panel + 1];
        if (panel + 4 < panels)
            for (int64_t e = ptr[panel + 4]; e < ptr[panel + 5]; e++)
                __builtin_prefetch(&free_candidate[who[e]], 1);
        settle_panel(&t, panel, who + begin, (int32_t)(end - begin));
        for (int64_t e = begin; e < end; e++)
            if (!is_placed(&t, who[e], panel)) make_room(&t, who[e], panel);
    }
}

/* Once more for whoever waits: chains that were shut then may be open now. Returns how many found a slot. */
VISIBLE int64_t timetable_retry(int32_t slots, int32_t *at_candidate, int32_t *at_panel,
                                uint64_t *free_candidate, uint64_t *free_panel, int32_t languages,
                                const int32_t *needs, const uint64_t *spoken, int32_t *left, uint64_t *served,
                                const int32_t *waiting, const int32_t *panel, int64_t count) {
    Table t = {slots, {at_candidate, at_panel}, {free_candidate, free_panel}, languages, needs, spoken, left,
               served};
    int64_t found = 0;
    for (int64_t k = 0; k < count; k++) found += make_room(&t, waiting[k], panel[k]);
    return found;
}

/* The slot of each meeting, -1 = it waits. */
VISIBLE void timetable_read(int32_t slots, const int32_t *at_panel, const int64_t *ptr, const int32_t *who,
                            int64_t panels, int8_t *slot_of) {
    for (int64_t p = 0; p < panels; p++)
        for (int64_t e = ptr[p]; e < ptr[p + 1]; e++) {
            const int32_t *met = at_panel + p * slots;
            slot_of[e] = -1;
            for (int32_t s = 0; s < slots; s++)
                if (met[s] == who[e]) slot_of[e] = (int8_t)s;
        }
}
