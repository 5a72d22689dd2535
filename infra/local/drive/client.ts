/** A person at the API: what the portal does, without the screen. */

/** The API refused, in its own words. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface Client {
  get<T>(path: string): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  delete<T>(path: string): Promise<T>;
  /** A file's bytes. */
  download(path: string): Promise<Uint8Array>;
}

export function apiClient(origin: string, token: string): Client {
  const request = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${origin}/api${path}`, { method, headers, ...init });
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
    throw new ApiRefusal(response.status, problem.code ?? 'unknown', problem.message ?? response.statusText);
  };
  const json = async <T>(method: string, path: string, body?: unknown) =>
    (await (await request(method, path, body)).json()) as T;
  return {
    get: (path) => json('GET', path),
    put: (path, body) => json('PUT', path, body),
    post: (path, body) => json('POST', path, body),
    delete: (path) => json('DELETE', path),
    download: async (path) => new Uint8Array(await (await request('GET', path)).arrayBuffer()),
  };
}
