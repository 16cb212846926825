// For every test file. What services log is not what a run should show; and real parts on a busy machine take their
// time, so a test may take two minutes before it counts as hanging.
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';

Logger.overrideLogger(false);
jest.setTimeout(120_000);
