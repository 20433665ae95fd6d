import { answerRequest, type VerifyAnswer, type VerifyRequest } from './verify-request';

/** One request for each worker: the page ends it to stop a verification. */
addEventListener('message', ({ data }: MessageEvent<VerifyRequest>) => {
  void answerRequest(data, (answer: VerifyAnswer) => postMessage(answer));
});
