/* SPDX-License-Identifier: BSL-1.0
 *
 * The ledger's protocol: look, ask the world, look again, reserve by compare-and-set, act, settle.
 *
 * Three removers take one target each, twice, of a pool that must keep FLOOR serving, of which no more than RATE may go.
 * Any of them may die at any step; a person then settles what is left open, by what has really happened. A store may not
 * say whether it has stored. One target may come back at any moment. The world shows a removal at once; a guard that has
 * asked it a while ago does not know.
 *
 * Promised in every state that can be reached:
 *   - the pool never serves less than FLOOR, and no more than RATE are ever gone by these removers;
 *   - what has been removed is on the ledger, open or settled, and what was acknowledged as settled stays settled.
 *
 * Each planted error is a name that ./run defines; with each of them the promise must be broken.
 */
#ifndef SERVING
#define SERVING 4
#endif
#ifndef FLOOR
#define FLOOR 2
#endif
#ifndef RATE
#define RATE 99
#endif
#ifndef BACK
#define BACK 1
#endif
#define REMOVERS 3
#ifndef TURNS
#define TURNS 2
#endif
#define SLOTS (REMOVERS * TURNS) /* a reservation has an id of its own: one slot for each remover and turn */

#define NONE 0
#define OPEN 1
#define SETTLED 2
#define NOTHING 3 /* a person says: nothing was removed */

/* The document. */
byte version = 1;
byte state[SLOTS];
byte changed_at[SLOTS];

/* The world, and what only we know. */
byte serving = SERVING;
byte back = BACK;
byte removed = 0;
bool has_acted[SLOTS];
bool is_acknowledged[SLOTS];
bool is_dead[REMOVERS];

#ifdef PLANT_NO_RESERVATION
/* What is under way is on no ledger then: that alone would be found first, and not what comes of it. */
#define PROMISED(at) \
    assert(serving >= FLOOR); \
    assert(removed <= RATE)
#else
#define PROMISED(at) \
    assert(serving >= FLOOR); \
    assert(removed <= RATE); \
    assert(!has_acted[at] || state[at] == OPEN || state[at] == SETTLED); \
    assert(!is_acknowledged[at] || state[at] == SETTLED)
#endif

/* Compare-and-set; the store may die on us after it has stored, or before: then we do not know. */
inline store(expected, slot, new_state, answer) {
    atomic {
        if
#ifdef PLANT_STORES_BLINDLY
        :: true ->
            /* What was read goes back whole, over what others have stored since. */
            for (copied : 0 .. SLOTS - 1) { state[copied] = read_state[copied]; changed_at[copied] = read_changed[copied] }
#else
        :: version != expected -> answer = 1 /* conflict */
        :: version == expected ->
#endif
            if
            :: answer = 0
            :: answer = 2 /* unknown: it was stored */
            fi;
            version++; state[slot] = new_state; changed_at[slot] = version
        :: answer = 2 /* unknown: it was not stored */
        fi;
        PROMISED(slot)
    }
}

/* What is read is judged in one step: judging touches nothing that others could change. */
#ifdef PLANT_STORES_BLINDLY
#define KEEP_WHAT_IS_READ \
    for (copied : 0 .. SLOTS - 1) { read_state[copied] = state[copied]; read_changed[copied] = changed_at[copied] }
#else
#define KEEP_WHAT_IS_READ skip
#endif

/* What is not needed any more is the same in all states. */
inline forget() {
    noted = 0; seen = 0; gone = 0; taken = 0; answer = 0; read_version = 0;
    for (copied : 0 .. SLOTS - 1) { was_open[copied] = false }
    copied = 0
}

proctype remover(byte me) {
    byte turn, slot, noted, seen, gone, taken, copied, read_version, answer;
#ifdef PLANT_STORES_BLINDLY
    byte read_state[SLOTS], read_changed[SLOTS];
#endif
    bool was_open[SLOTS];

    do
    :: turn == TURNS -> break
    :: turn < TURNS ->
        /* The first look. */
        atomic {
            slot = me * TURNS + turn;
            noted = version;
            for (copied : 0 .. SLOTS - 1) { was_open[copied] = (state[copied] == OPEN) }
            copied = 0
        }
        /* The world is asked, outside any lock. */
        seen = serving;
        /* The second look, and the reservation. */
again:
        atomic {
            read_version = version;
            KEEP_WHAT_IS_READ;
            if
            :: state[slot] == OPEN -> forget(); goto reserved /* it was stored, although nobody had said so */
            :: else
            fi;
            for (copied : 0 .. SLOTS - 1) {
                if
#ifdef PLANT_ONE_LOOK
                :: state[copied] == OPEN -> gone++
#else
                :: state[copied] != NOTHING && state[copied] != NONE &&
                    (was_open[copied] || state[copied] == OPEN || changed_at[copied] > noted) -> gone++
#endif
                :: else
                fi;
                if
#ifdef PLANT_OPEN_IS_NOT_IN_THE_RATE
                :: state[copied] == SETTLED -> taken++
#else
                :: state[copied] == OPEN || state[copied] == SETTLED -> taken++
#endif
                :: else
                fi
            }
            copied = 0;
            if
            :: seen < FLOOR + gone + 1 || taken + 1 > RATE -> forget(); goto next
            :: else
            fi;
            gone = 0; taken = 0
        }
#ifndef PLANT_NO_RESERVATION
        atomic {
            store(read_version, slot, OPEN, answer);
            if
            :: answer == 0
#ifdef PLANT_UNKNOWN_IS_STORED
            :: answer == 2
#else
            :: answer == 2 -> answer = 0; read_version = 0; goto again
#endif
            :: answer == 1 -> answer = 0; read_version = 0; goto again
            fi;
            forget()
        }
#endif
reserved:
        /* The removal itself: before it, in it and after it a process may die. */
        if
        :: is_dead[me] = true; goto dead
        :: atomic {
            serving--; removed++; has_acted[slot] = true;
            PROMISED(slot)
        }
        fi;
        if
        :: is_dead[me] = true; goto dead
        :: true
        fi;
settle:
        atomic {
            read_version = version;
            KEEP_WHAT_IS_READ;
            if
            :: state[slot] == SETTLED -> goto settled
            :: else
            fi
        }
        atomic {
            store(read_version, slot, SETTLED, answer);
            if
            :: answer == 0
            :: else -> answer = 0; read_version = 0; goto settle
            fi
        }
settled:
        atomic { is_acknowledged[slot] = true; PROMISED(slot); forget() }
next:
        turn++
    od;
dead:
    skip
}

/* Whoever looks at what the dead have left, and says what has happened; and a target that comes back. */
#ifdef PLANT_THE_DEAD_HAVE_DONE_NOTHING
#define JUDGED(at) NOTHING
#else
#define JUDGED(at) (has_acted[at] -> SETTLED : NOTHING)
#endif
#define JUDGE_THE_DEAD(at) \
    atomic { state[at] == OPEN && is_dead[at / TURNS] -> \
        version++; changed_at[at] = version; state[at] = JUDGED(at); PROMISED(at) }

proctype others() {
    do
    :: JUDGE_THE_DEAD(0)
    :: JUDGE_THE_DEAD(1)
    :: JUDGE_THE_DEAD(2)
#if TURNS == 2
    :: JUDGE_THE_DEAD(3)
    :: JUDGE_THE_DEAD(4)
    :: JUDGE_THE_DEAD(5)
#endif
    :: atomic { back > 0 && removed > 0 -> back--; serving++ }
    od
}

#ifdef PLANT_NOTHING_EVER_GOES
/* The contrary: if this held, the model would say nothing. */
active proctype onlooker() { assert(serving > FLOOR && removed < RATE) }
#endif

init {
    atomic {
        run remover(0); run remover(1); run remover(2); run others()
    }
}
