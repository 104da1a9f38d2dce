import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const stackFile = '../../../.local/stack.json'

// The function sends files as they lie here, compressed once, now.
function compressed(): Plugin {
  let dist = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: (config) => { dist = join(config.root, config.build.outDir) },
    writeBundle() {
      for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
        const file = join(dist, name)
        if (!statSync(file).isFile() || !/\.(js|css|html|svg|txt)$/.test(name)) continue
        const bytes = readFileSync(file)
        if (bytes.length < 1024) continue
        writeFileSync(file + '.br', brotliCompressSync(bytes))
        writeFileSync(file + '.gz', gzipSync(bytes, { level: 9 }))
      }
    },
  }
}

interface Stack { api: string; client: string }

// `npm run dev` is a portal over the local stack that `make run` has brought up.
function stack(): Stack | undefined {
  return existsSync(stackFile) ? (JSON.parse(readFileSync(stackFile, 'utf8')) as Stack) : undefined
}

// The issuer sends nobody back to a development server, so its page begins signed
// in, for an hour, as the demo person whom LATCHKEY_AS names.
function signedIn(client: string): Plugin {
  return {
    name: 'signed-in',
    transformIndexHtml() {
      const person = process.env.LATCHKEY_AS ?? 'ana'
      const token = execFileSync('go', ['run', './infra/local', 'token', `${person}@example.com`], { cwd: '../../..', encoding: 'utf8' }).trim()
      const profile = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { iss: string; exp: number }
      const user = { id_token: token, access_token: token, token_type: 'Bearer', profile, expires_at: profile.exp }
      const key = `oidc.user:${profile.iss}:${client}`
      return [{ tag: 'script', children: `sessionStorage.setItem(${JSON.stringify(key)}, ${JSON.stringify(JSON.stringify(user))})`, injectTo: 'head' }]
    },
  }
}

export default defineConfig(({ command }) => {
  const up = command === 'serve' ? stack() : undefined
  const forward = up && { target: new URL(up.api).origin, changeOrigin: true, rewrite: (path: string) => new URL(up.api).pathname + path }
  return {
    plugins: [react(), compressed(), up && signedIn(up.client)],
    build: { outDir: '../dist', emptyOutDir: true, assetsDir: 'assets', modulePreload: { polyfill: false }, target: 'es2022', assetsInlineLimit: 0 },
    server: { host: '127.0.0.1', ...(forward && { proxy: { '/v1': forward, '/config.json': forward } }) },
  }
})
