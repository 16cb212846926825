/*
 * How a backup gets from its request to the end of all that was made for it, whatever is lost on the way. A message is
 * a bit: it may be lost, and sending it twice is sending it once. A builder may die between any two steps; a lease may
 * end while its holder lives. Each of these happens a few times only: what is checked is that everything settles after
 * the last. Checked by Spin, with weak fairness, in test/protocol/life.test.ts.
 *
 * The words behind "code:" are names in the sources; the test looks them up there.
 *
 * -DSTALLS: a backup that is in progress may be ended for having stalled, at any time.
 * -DNO_DRIVE_AGAIN: a running backup's job is sent once.
 * -DDEAD_KEEP_LEASES: what a dead builder had claimed stays claimed.
 * -DDELETED_UNKNOWN: deleting a backup that has no build yet notes nothing, as it did before.
 */
#ifndef LOSSES
#define LOSSES 1
#endif
#ifndef DEATHS
#define DEATHS 1
#endif
#ifndef EARLY_ENDS
#define EARLY_ENDS 1
#endif

mtype = { pending, in_progress, completed, expired, failed, none, planning, building, built, given_up, deleted };

mtype backup = pending;            /* code: BackupEntity */
bool isDeletionKnown = false;      /* archive_deleted_at */
mtype build = none;                /* code: BuildEntity */
bool segmentBuilt = false;         /* code: SegmentEntity */

/* Claims: who made the last one, as its fence tells; whether the lease runs; whether its holder is dead. */
#define BUILD 1
#define SEGMENT 2
byte holder[3];
bool leased[3];
bool isDead[3];

#define IS_OVER (backup == expired || backup == failed)
bool planJob, segmentJob, closeJob, deleteJob, builtFact, failedFact, deletedFact;
byte losses = LOSSES;
byte deaths = DEATHS;
byte earlyEnds = EARLY_ENDS;

inline claim(what) {
  holder[what] = _pid; leased[what] = true; isDead[what] = false
}

/* code: release */
inline release(what) {
  atomic {
    if
    :: holder[what] == _pid -> leased[what] = false
    :: else -> skip
    fi
  }
}

inline move(status) {
  build = status; leased[BUILD] = false
}

/* code: markDeleted */
inline revoke(what) {
  holder[what] = 0; leased[what] = false
}

inline mayDie(what) {
  if
  :: atomic { deaths > 0 -> deaths--;
       if
       :: holder[what] == _pid && leased[what] -> isDead[what] = true
       :: else -> skip
       fi;
       goto idle }
  :: skip
  fi
}

/* code: DriveService */
inline drive() {
  atomic {
    if
    :: build == planning -> planJob = true
    :: build == building && !segmentBuilt -> segmentJob = true
    :: build == building && segmentBuilt -> closeJob = true
    :: build == built -> builtFact = true
    :: build == given_up -> failedFact = true
    :: else -> skip
    fi
  }
}

/* What ticks, time and facts do in backups. */
active proctype Lifecycle() {                                                           /* code: LifecycleService */
  atomic { backup == pending -> backup = in_progress; planJob = true }                  /* code: claimPending */
  if
  :: atomic { backup == completed -> backup = expired; deleteJob = true }               /* code: expireDue */
#ifdef STALLS
  :: atomic { backup == in_progress -> backup = failed; deleteJob = true }              /* code: failStalled */
#endif
  :: backup == failed -> skip
  fi
}

active proctype Again() {                                                               /* code: driveAgain */
  do
#ifndef NO_DRIVE_AGAIN
  :: atomic { backup == in_progress && !planJob -> planJob = true }                     /* code: claimUndriven */
#endif
  :: atomic { IS_OVER && !isDeletionKnown && !deleteJob -> deleteJob = true }           /* code: claimUndeleted */
  od
}

active proctype Facts() {                                                               /* code: LifecycleController */
  do
  :: atomic { builtFact -> builtFact = false;
       if
       :: backup == in_progress -> backup = completed
       :: else -> skip
       fi }
  :: atomic { failedFact -> failedFact = false;
       if
       :: backup == in_progress -> backup = failed; deleteJob = true
       :: else -> skip
       fi }
  :: atomic { deletedFact -> deletedFact = false; isDeletionKnown = true }              /* code: noteDeleted */
  od
}

/* What ticks do in the zip-builder. code: driveAll */
active proctype DriveAll() {
  do
  :: atomic { build == planning && !planJob -> planJob = true }
  :: atomic { build == building && !segmentBuilt && !segmentJob -> segmentJob = true }
  :: atomic { build == building && segmentBuilt && !closeJob -> closeJob = true }
  od
}

/* What builders do. A job is acknowledged, and gone, whatever became of it. */
active proctype Planner() {                                                             /* code: PlanningStep */
idle:
  do
  :: atomic { planJob -> planJob = false;
       if
       :: build == none -> build = planning                                             /* code: openFor */
       :: else -> skip
       fi }
     if
     :: build != planning -> goto next
     :: else -> skip
     fi;
     atomic {
       if
       :: build == planning && !leased[BUILD] -> claim(BUILD)                           /* code: claim */
       :: else -> goto idle
       fi }
     mayDie(BUILD);
     if
     :: backup != in_progress -> release(BUILD); goto idle                              /* code: running */
     :: else -> skip
     fi;
     mayDie(BUILD);
     atomic {
       if
       :: holder[BUILD] == _pid && build == planning -> move(building)                  /* code: savePlan */
       :: holder[BUILD] == _pid && build == planning -> move(built)                     /* code: makeSmall */
       :: holder[BUILD] == _pid && build == planning -> move(given_up)                  /* code: failIfHopeless */
       :: else -> skip
       fi }
     mayDie(BUILD);
next:
     drive()
  od
}

active proctype Segment() {                                                             /* code: BuildingStep */
idle:
  do
  :: atomic { segmentJob -> segmentJob = false;
       if
       :: build == building && !segmentBuilt && !leased[SEGMENT] -> claim(SEGMENT)      /* code: claimFairest */
       :: else -> goto idle
       fi }
     mayDie(SEGMENT);
     if
     :: backup != in_progress -> release(SEGMENT); goto idle
     :: else -> skip
     fi;
     atomic {
       if
       :: holder[SEGMENT] == _pid && build == building && !segmentBuilt -> segmentBuilt = true; leased[SEGMENT] = false
       :: else -> skip
       fi }
     mayDie(SEGMENT);
     drive()
  od
}

active proctype Closer() {                                                              /* code: ClosingStep */
idle:
  do
  :: atomic { closeJob -> closeJob = false;
       if
       :: build == building && segmentBuilt && !leased[BUILD] -> claim(BUILD)
       :: else -> goto idle
       fi }
     mayDie(BUILD);
     if
     :: backup != in_progress -> release(BUILD); goto idle
     :: else -> skip
     fi;
     atomic {
       if
       :: holder[BUILD] == _pid && build == building -> move(built)                     /* code: saveBuilt */
       :: else -> skip
       fi }
     mayDie(BUILD);
     drive()
  od
}

active proctype Deleter() {                                                             /* code: CleanUpService */
  do
  :: atomic { deleteJob -> deleteJob = false }
     atomic {                                                                           /* code: markDeleted */
#ifdef DELETED_UNKNOWN
       if
       :: build != none -> build = deleted; revoke(BUILD); revoke(SEGMENT)
       :: else -> skip
       fi
#else
       build = deleted; revoke(BUILD); revoke(SEGMENT)
#endif
     }
     if
     :: atomic { deaths > 0 -> deaths-- }
     :: deletedFact = true
     fi
  od
}

/* code: LeaseKeeper */
active proctype Leases() {
  do
#ifndef DEAD_KEEP_LEASES
  :: atomic { leased[BUILD] && isDead[BUILD] -> leased[BUILD] = false }
  :: atomic { leased[SEGMENT] && isDead[SEGMENT] -> leased[SEGMENT] = false }
#endif
  :: atomic { earlyEnds > 0 && leased[BUILD] -> earlyEnds--; leased[BUILD] = false }
  :: atomic { earlyEnds > 0 && leased[SEGMENT] -> earlyEnds--; leased[SEGMENT] = false }
  od
}

active proctype Loss() {
  do
  :: atomic { losses > 0 && planJob -> losses--; planJob = false }
  :: atomic { losses > 0 && segmentJob -> losses--; segmentJob = false }
  :: atomic { losses > 0 && closeJob -> losses--; closeJob = false }
  :: atomic { losses > 0 && deleteJob -> losses--; deleteJob = false }
  :: atomic { losses > 0 && builtFact -> losses--; builtFact = false }
  :: atomic { losses > 0 && failedFact -> losses--; failedFact = false }
  :: atomic { losses > 0 && deletedFact -> losses--; deletedFact = false }
  od
}

#define IS_QUIET (!planJob && !segmentJob && !closeJob && !deleteJob && !builtFact && !failedFact && !deletedFact)

#define IS_SETTLED (IS_OVER && isDeletionKnown && build == deleted && IS_QUIET)

/* Nothing can go on. */
active proctype Stillness() {
  timeout -> assert(IS_SETTLED)
}

ltl settles { <>[] IS_SETTLED }
