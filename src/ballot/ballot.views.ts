import { ApiSharedProblem } from '../platform/problems/api-problem';

/** The answer may need the archive of ballots, which may be unavailable. */
export const ReadsArchive = () => ApiSharedProblem(503, 'ballot.archive-unavailable');
