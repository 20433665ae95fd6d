import { Param, PipeTransform, Type } from '@nestjs/common';
import { ApiParam, ApiParamOptions } from '@nestjs/swagger';
import { invariant } from '../../shared/domain/invariant';

/** A parameter of the route's path: how to read it, and how to document it. */
export function pathParam(name: string, pipe: Type<PipeTransform>, documented: ApiParamOptions): ParameterDecorator {
  return (target, key, index) => {
    invariant(key !== undefined, 'a route is a method');
    const method = Object.getOwnPropertyDescriptor(target, key);
    invariant(method, 'a route is a method of its controller');
    Param(name, pipe)(target, key, index);
    ApiParam(documented)(target, key, method);
  };
}
