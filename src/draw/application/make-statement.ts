import { Injectable } from '@nestjs/common';
import { NoteSigner } from '../../shared/application/note-signer';
import { checkpointBody } from '../../shared/domain/signed-note';
import { leafHash } from '../../shared/domain/merkle-tree';
import { Journal, journalOrigin } from './journal';

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
    const before = await this.journal.lock();
    const hashes = bodies.map(leafHash);
    const { frontier, completed } = before.append(hashes);
    const checkpoint = this.signer.sign(checkpointBody(journalOrigin(this.signer), frontier.size, frontier.root()));
    await this.journal.append({ frontier, statements: bodies, hashes, completed, checkpoint });
    return bodies.map((body, i) => this.signer.like(openNotes[i]).sign(body));
  }
}
