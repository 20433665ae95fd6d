import { applyDecorators, Header } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';

type TextType = 'text/plain' | 'text/markdown';

/** Documents and sets a text response of this type. */
export const TextAnswer = (type: TextType) =>
  applyDecorators(
    Header('content-type', `${type}; charset=utf-8`),
    ApiOkResponse({ content: { [type]: { schema: { type: 'string' } } } }),
  );
