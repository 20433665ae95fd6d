import { startTestApp, TestApp } from '../support/test-app';

describe('smoke', () => {
  let app: TestApp;
  beforeAll(async () => { app = await startTestApp(); });
  afterAll(() => app.close());
  it('works', async () => {
    const r = await app.request().post('/auth/register').send({ username: 'Alice', password: 'password1' });
    console.log(r.status, r.body);
    const l = await app.request().post('/auth/login').send({ username: 'aLICE', password: 'password1' });
    console.log(l.status, l.body);
    const m = await app.request().get('/users/me').auth(l.body.accessToken, { type: 'bearer' });
    console.log(m.status, m.body);
    for (let i=0;i<7;i++) { const w = await app.request().post('/auth/login').send({ username: 'nobody', password: 'password1' }); console.log(w.status, w.body, w.headers['retry-after']); }
    const f = await app.request().post('/auth/refresh').send({ refreshToken: l.body.refreshToken }); console.log(f.status, f.body);
  });
});
