/*
 * How an archive is built, closed, completed, expired and deleted, as far as who may change what when. Every statement
 * (or atomic block) is one conditional update of a row or one act of the store; a process may stand still between any
 * two for ever, or wake much later. Checked by Spin in test/protocol/archive.test.ts.
 *
 * The words behind "code:" are names in the sources; the test looks them up there.
 *
 * -DLATE_RENAME: completing an upload renames over what lies under the key, as it did before.
 * -DSHARED_KEYS: attempts at a segment write their record under one key, as they did before.
 */
#define BUILDERS 2
#define MAX_FENCE 4
#define NONE 0

mtype = { building, built, deleted, in_progress, completed, expired, failed };

/* Rows. */
mtype build = building;            /* code: BuildEntity */
mtype backup = in_progress;        /* code: BackupEntity */
byte fence = 0;
bool leased = false;
byte namedArchive = NONE;          /* what the build's row says was read back: archive_sha256 */
byte completedArchive = NONE;      /* what the backup's row says */
byte segmentFence = 0;
bool segmentLeased = false;
bool segmentBuilt = false;         /* code: SegmentEntity */
byte namedRecord = NONE;           /* the key in the segment's result */
byte namedParts = NONE;            /* the parts' etags in the segment's result */

/* The store. A number stands for what an attempt wrote. */
byte records[MAX_FENCE + 1] = NONE;
byte archive = NONE;
bool uploadIsOpen = true;
bool isEmptied = false;

#ifdef SHARED_KEYS
#define recordKey(attempt) 1
#else
#define recordKey(attempt) attempt
#endif

/* code: BuildingStep */
active [BUILDERS] proctype Segment() {
  byte mine;
  do
  :: atomic { !segmentBuilt && !segmentLeased && segmentFence < MAX_FENCE ->     /* code: claimNext */
       segmentFence++; segmentLeased = true; mine = segmentFence }
     records[recordKey(mine)] = mine;                                            /* code: recordKey */
     atomic {                                                                    /* code: saveBuilt */
       if
       :: segmentFence == mine && !segmentBuilt ->
            segmentBuilt = true; segmentLeased = false; namedRecord = recordKey(mine); namedParts = mine
       :: else -> skip
       fi
     }
  od
}

/* code: ClosingStep */
active [BUILDERS] proctype Closer() {
  byte mine, seen;
  do
  :: atomic { segmentBuilt && build == building && !leased && fence < MAX_FENCE -> /* code: claim */
       fence++; leased = true; mine = fence }
     if
     :: archive != NONE -> skip                     /* another one died after it: its outcome is taken */
     :: archive == NONE && !uploadIsOpen -> goto given_back
     :: archive == NONE && uploadIsOpen ->          /* the parts are joined; it may take long */
#ifdef LATE_RENAME
          archive = mine;
#else
          atomic {                                  /* code: publishNew */
            if
            :: uploadIsOpen && archive == NONE -> archive = mine
            :: else -> skip
            fi
          }
#endif
          uploadIsOpen = false                      /* code: completeUpload */
     fi;
     if                                             /* code: ReadBackService */
     :: archive == NONE -> goto given_back
     :: archive != NONE -> seen = archive
     fi;
     atomic {                                       /* code: saveBuilt */
       if
       :: fence == mine && build == building -> build = built; leased = false; namedArchive = seen
       :: else -> skip
       fi
     }
given_back:
     skip
  od
}

/* Whoever holds a lease may stand still until it ends, at any time. code: LeaseKeeper */
active proctype Clock() {
  do
  :: atomic { leased -> leased = false }
  :: atomic { segmentLeased -> segmentLeased = false }
  od
}

/* Facts come late, twice or in the wrong order: guards make that nothing. code: LifecycleService */
active proctype Backups() {
  do
  :: atomic { build == built && backup == in_progress -> backup = completed; completedArchive = namedArchive } /* code: complete */
  :: atomic { backup == completed -> backup = expired }                                                     /* code: expireDue */
  :: atomic { backup == in_progress -> backup = failed }                                                    /* code: fail */
  od
}

/* code: CleanUpService */
active proctype CleanUp() {
  (backup == expired || backup == failed);
  atomic { build = deleted; leased = false };       /* code: markDeleted */
  uploadIsOpen = false;                             /* code: abortUpload */
  archive = NONE;                                   /* code: deleteObjects */
  isEmptied = true
}

/* What a person may rely on, at every moment. */
active proctype Checker() {
  do
  :: assert(backup != completed || archive == completedArchive);
     assert(build != built || archive == namedArchive);
     assert(!segmentBuilt || records[namedRecord] == namedParts);
     assert(!isEmptied || archive == NONE)
  od
}
