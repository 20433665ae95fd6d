import { Injectable } from '@nestjs/common';
import { NoteSigner } from '../../shared/application/note-signer';
import { extendLog } from '../../shared/application/signed-log';
import { Journal, JOURNAL } from './journal';

/**
 * Makes public statements about draws: signed, and entered in the journal, the history of everything the service has
 * ever stated (docs/draw-protocol.md sections 2 and 9).
 */
@Injectable()
export class MakeStatement {
  constructor(
    private readonly journal: Journal,
    private readonly signer: NoteSigner,
  ) {}

  /**
   * Returns the signed notes, in the caller's unit of work: notes and entries are kept or lost together, with one
   * checkpoint for all. Holds the journal's row lock until commit, so the caller must already hold whatever it locks
   * afterwards.
   *
   * @param openNotes of the draws that the statements are about, in their order, if they were opened before.
   */
  async execute(bodies: readonly string[], openNotes: readonly string[] = []): Promise<readonly string[]> {
    const tree = extendLog(await this.journal.lock(), bodies, this.signer, JOURNAL);
    await this.journal.append({ statements: bodies, ...tree });
    return bodies.map((body, i) => this.signer.like(openNotes[i]).sign(body));
  }
}
