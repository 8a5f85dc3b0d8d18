/**
 * Whether a body of this content type reaches a function as text; any other is base64. API Gateway treats `text/*` and the JSON, XML and
 * JavaScript families as text; a form (`application/x-www-form-urlencoded`) and a missing type are not.
 */
export function isTextType(contentType: string | undefined): boolean {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type.startsWith('text/') || /^application\/(.+\+)?(json|xml)$|^application\/(x-)?javascript$/.test(type);
}
