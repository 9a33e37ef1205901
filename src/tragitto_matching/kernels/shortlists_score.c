/* The greatest total score among lists that are equally even: a transport of places to looks.
 *
 * Rows are posts and, as the last one, those looks that people go without; columns are candidates. Each row
 * has its supply, each column takes exactly so many, each pair carries one at most. First cost scaling: after
 * every phase no exchange of places gains more than `epsilon` points at a step (A. Goldberg, R. Tarjan, Finding
 * minimum-cost circulations by successive approximation, Math. Oper. Res. 15, 1990). A column lets its price
 * fall to what the first place that it keeps is worth, as in an auction (D. Bertsekas, The auction algorithm,
 * Ann. Oper. Res. 14, 1988; A. Goldberg, R. Kennedy, An efficient cost scaling algorithm for the assignment
 * problem, Math. Programming 71, 1995); a long row, by steps of `epsilon`. Scores are whole points,
 * so that the phase of one point comes close; what is left over then goes along shortest ways, all at once as
 * far as they do not cross (J. Edmonds, R. Karp, Theoretical improvements in algorithmic efficiency for network
 * flow problems, J. ACM 19, 1972). At the end the prices, in whole points, prove that nothing can be gained.
 * Same order of everything as in shortlists_score_plain.py.
 */
#include <stdint.h>

#define VISIBLE __attribute__((visibility("default")))
#define FEW 8 /* so many places are taken off at once */

typedef struct {
    int64_t count[2];        /* 0 = rows, 1 = columns */
    const int64_t *ptr[2];
    const int32_t *end[2];   /* by pair in the order of rows: its column is end[1]; of columns: its row is end[0] */
    const int32_t *gain[2];  /* by pair in either order */
    const int32_t *other[2]; /* where the pair stands in the other order */
    uint8_t *on[2];
    int64_t *price[2];
    int32_t *excess[2];
    int64_t *at[2];          /* how far a row or column was looked through */
    int64_t *far[2];         /* how far to the nearest who lacks something; -1 = not known */
    int32_t *queue;          /* in a ring; then a heap */
    int32_t *where;          /* in the heap; -1 = was there, -2 = not yet */
    int64_t room, head, tail, size;
} Flow;

/* What a unit sent from `side` along its k-th pair is worth; above the own price it goes by itself. */
static inline int64_t worth(const Flow *f, int side, int64_t k) {
    int64_t other = f->price[1 - side][f->end[1 - side][k]];
    return side ? other - f->gain[1][k] : other + f->gain[0][k];
}

static void enqueue(Flow *f, int side, int32_t who) {
    f->queue[f->tail] = side ? who + (int32_t)f->count[0] : who;
    f->tail = f->tail + 1 == f->room ? 0 : f->tail + 1;
}

/* A row lays a place on the pair, a column takes it off. */
static void turn(Flow *f, int side, int64_t k) {
    f->on[side][k] = (uint8_t)(1 - side);
    f->on[1 - side][f->other[side][k]] = (uint8_t)(1 - side);
}

/* A row lays its places on pairs that are off; a column with too many takes off pairs that are on. */
static void discharge(Flow *f, int side, int32_t who, int64_t epsilon) {
    const int64_t begin = f->ptr[side][who], end = f->ptr[side][who + 1];
    const uint8_t *on = f->on[side];
    int64_t own = f->price[side][who], k = f->at[side][who];
    for (;;) {
        for (; k < end; k++) {
            if (on[k] != side || worth(f, side, k) <= own) continue;
            int32_t other = f->end[1 - side][k];
            turn(f, side, k);
            if (++f->excess[1 - side][other] == 1) enqueue(f, 1 - side, other);
            if (!--f->excess[side][who]) break;
        }
        if (k < end) break;
        /* Nothing goes by itself any more: the price falls until the best pair left is worth it. */
        int64_t best = INT64_MIN;
        for (k = begin; k < end; k++)
            if (on[k] == side && worth(f, side, k) > best) best = worth(f, side, k);
        own = best - epsilon;
        k = begin;
    }
    f->price[side][who] = own;
    f->at[side][who] = k;
}

/* A column with a few too many takes off those that are worth most elsewhere, of equals the earlier ones. */
static void take_off(Flow *f, int32_t who, int64_t epsilon) {
    const int64_t wanted = f->excess[1][who];
    int64_t best[FEW + 1], pair[FEW + 1], size = 0;
    for (int64_t k = f->ptr[1][who]; k < f->ptr[1][who + 1]; k++) {
        if (!f->on[1][k]) continue;
        int64_t own = worth(f, 1, k);
        if (size > wanted && own <= best[wanted]) continue;
        int64_t at = size > wanted ? wanted : size++;
        for (; at > 0 && best[at - 1] < own; at--) {
            best[at] = best[at - 1];
            pair[at] = pair[at - 1];
        }
        best[at] = own;
        pair[at] = k;
    }
    for (int64_t x = 0; x < wanted; x++) {
        int32_t row = f->end[0][pair[x]];
        turn(f, 1, pair[x]);
        if (++f->excess[0][row] == 1) enqueue(f, 0, row);
    }
    f->excess[1][who] = 0;
    f->at[1][who] = f->ptr[1][who];
    int64_t least = best[size - 1] - epsilon;
    if (least < f->price[1][who]) f->price[1][who] = least;
}

/* Lay on what gains, take off what loses: then count who has too many. */
static void lay(Flow *f, const int32_t *supply, const int32_t *taken) {
    for (int64_t j = 0; j < f->count[0]; j++) f->excess[0][j] = supply[j];
    for (int64_t i = 0; i < f->count[1]; i++) f->excess[1][i] = -taken[i];
    for (int64_t j = 0; j < f->count[0]; j++)
        for (int64_t k = f->ptr[0][j]; k < f->ptr[0][j + 1]; k++) {
            int64_t cost = f->price[0][j] - worth(f, 0, k);
            if (cost && f->on[0][k] != (cost < 0)) turn(f, cost > 0, cost > 0 ? f->other[0][k] : k);
            f->excess[0][j] -= f->on[0][k];
            f->excess[1][f->end[1][k]] += f->on[0][k];
        }
}

/* One phase of the scaling. */
static void scale(Flow *f, int64_t epsilon) {
    f->head = f->tail = 0;
    for (int side = 0; side < 2; side++)
        for (int64_t who = 0; who < f->count[side]; who++) {
            f->at[side][who] = f->ptr[side][who];
            if (f->excess[side][who] > 0) enqueue(f, side, (int32_t)who);
        }
    while (f->head != f->tail) {
        int32_t who = f->queue[f->head];
        f->head = f->head + 1 == f->room ? 0 : f->head + 1;
        if (who < f->count[0]) discharge(f, 0, who, epsilon);
        else if (f->excess[0][who] > FEW) discharge(f, 1, who - (int32_t)f->count[0], epsilon);
        else take_off(f, who - (int32_t)f->count[0], epsilon);
    }
}

/* Put somebody where they belong in the heap: the nearest on top. Rows are numbered before columns, and their
 * distances lie before those of columns. */
static void rise(Flow *f, int32_t who) {
    const int64_t *far = f->far[0];
    int64_t at = f->where[who] < 0 ? f->size++ : f->where[who];
    for (; at > 0 && far[f->queue[(at - 1) / 2]] > far[who]; at = (at - 1) / 2) {
        f->queue[at] = f->queue[(at - 1) / 2];
        f->where[f->queue[at]] = (int32_t)at;
    }
    f->queue[at] = who;
    f->where[who] = (int32_t)at;
}

static int32_t nearest(Flow *f) {
    const int64_t *far = f->far[0];
    int32_t top = f->queue[0], moved = f->queue[--f->size];
    int64_t at = 0;
    for (;;) {
        int64_t child = 2 * at + 1;
        if (child >= f->size) break;
        if (child + 1 < f->size && far[f->queue[child + 1]] < far[f->queue[child]]) child++;
        if (far[f->queue[child]] >= far[moved]) break;
        f->queue[at] = f->queue[child];
        f->where[f->queue[at]] = (int32_t)at;
        at = child;
    }
    f->queue[at] = moved;
    f->where[moved] = (int32_t)at;
    f->where[top] = -1;
    return top;
}

/* Whoever can send to `who`, and over how many points. */
static void look_back(Flow *f, int side, int32_t who) {
    const int64_t mine = f->far[side][who], own = f->price[side][who];
    for (int64_t k = f->ptr[side][who]; k < f->ptr[side][who + 1]; k++) {
        if (f->on[side][k] == side) continue;
        int32_t other = f->end[1 - side][k], node = side ? other : other + (int32_t)f->count[0];
        if (f->where[node] == -1) continue;
        int64_t way = side ? f->price[0][other] - own - f->gain[1][k] : f->price[1][other] - own + f->gain[0][k];
        if (f->where[node] == -2 || mine + way < f->far[1 - side][other]) {
            f->far[1 - side][other] = mine + way;
            rise(f, node);
        }
    }
}

/* The prices fall by the distance to the nearest who lacks something, until all with too many have a way. */
static void reprice(Flow *f, int64_t waiting) {
    const int64_t nodes = f->count[0] + f->count[1];
    int64_t last = 0;
    f->size = 0;
    for (int64_t v = 0; v < nodes; v++) f->where[v] = -2;
    for (int side = 0; side < 2; side++)
        for (int64_t who = 0; who < f->count[side]; who++) {
            f->at[side][who] = f->ptr[side][who];
            if (f->excess[side][who] >= 0) continue;
            f->far[side][who] = 0;
            rise(f, (int32_t)(side ? who + f->count[0] : who));
        }
    while (waiting) {
        int32_t node = nearest(f);
        int side = node >= f->count[0];
        int32_t who = side ? node - (int32_t)f->count[0] : node;
        last = f->far[side][who];
        waiting -= f->excess[side][who] > 0;
        look_back(f, side, who);
    }
    for (int64_t v = 0; v < nodes; v++) {
        int64_t far = f->where[v] == -2 || f->far[0][v] > last ? last : f->far[0][v];
        f->price[0][v] -= far;
    }
}

/* Along pairs that cost nothing, to somebody who lacks something; each is come to once. Returns whether a unit
 * went. The way stands in the ring. */
static int send(Flow *f, int side, int32_t who) {
    int64_t depth = 0;
    f->queue[0] = who;
    f->where[side ? who + f->count[0] : who] = -3;
    for (;;) {
        int64_t *k = &f->at[side][who], end = f->ptr[side][who + 1];
        int32_t next = -1;
        for (; *k < end; ++*k) {
            if (f->on[side][*k] != side || worth(f, side, *k) != f->price[side][who]) continue;
            next = f->end[1 - side][*k];
            if (f->where[side ? next : next + f->count[0]] != -3) break;
        }
        if (*k == end) {
            if (!depth--) return 0;
            side = 1 - side;
            who = f->queue[depth];
            ++f->at[side][who];
            continue;
        }
        side = 1 - side;
        who = f->queue[++depth] = next;
        f->where[side ? who + f->count[0] : who] = -3;
        if (f->excess[side][who] < 0) break;
    }
    f->excess[side][who]++;
    f->where[side ? who + f->count[0] : who] = -1;
    while (depth--) {
        side = 1 - side;
        who = f->queue[depth];
        f->where[side ? who + f->count[0] : who] = -1;
        turn(f, side, f->at[side][who]++);
    }
    f->excess[side][who]--;
    return 1;
}

/* What is left over goes along shortest ways. */
static void finish(Flow *f) {
    for (;;) {
        int64_t waiting = 0;
        for (int64_t v = 0; v < f->count[0] + f->count[1]; v++) waiting += f->excess[0][v] > 0;
        if (!waiting) return;
        reprice(f, waiting);
        for (int side = 0; side < 2; side++)
            for (int32_t who = 0; who < f->count[side]; who++)
                while (f->excess[side][who] > 0 && send(f, side, who)) continue;
    }
}

/* `on` comes in as lists that are possible, so that all places can be laid, and goes out as the best ones;
 * `price` as where to begin. Arrays by person have the rows first, then the columns. */
VISIBLE void shortlists_score(const int64_t *row_ptr, const int64_t *column_ptr, const int32_t *column,
                              const int32_t *row, const int32_t *row_gain, const int32_t *column_gain,
                              const int32_t *in_columns, const int32_t *in_rows, const int32_t *supply,
                              const int32_t *taken, uint8_t *row_on, uint8_t *column_on, int64_t *price,
                              int32_t *excess, int64_t *at, int64_t *far, int32_t *queue, int32_t *where,
                              int64_t rows, int64_t columns, int64_t epsilon, int64_t factor) {
    Flow f = {{rows, columns}, {row_ptr, column_ptr}, {row, column}, {row_gain, column_gain},
              {in_columns, in_rows}, {row_on, column_on}, {price, price + rows}, {excess, excess + rows},
              {at, at + rows}, {far, far + rows}, queue, where, rows + columns + 1, 0, 0, 0};
    for (;; epsilon = epsilon / factor > 1 ? epsilon / factor : 1) {
        lay(&f, supply, taken);
        scale(&f, epsilon);
        if (epsilon == 1) break;
    }
    lay(&f, supply, taken);
    finish(&f);
}
