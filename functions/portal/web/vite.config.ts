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

// `npm run dev` is a portal over the local stack that `make run` has brought up.
function stack(): string | undefined {
  return existsSync(stackFile) ? (JSON.parse(readFileSync(stackFile, 'utf8')) as { api: string }).api : undefined
}

export default defineConfig(({ command }) => {
  const api = command === 'serve' ? stack() : undefined
  const forward = api && { target: new URL(api).origin, changeOrigin: true, rewrite: (path: string) => new URL(api).pathname + path }
  return {
    plugins: [react(), compressed()],
    build: { outDir: '../dist', emptyOutDir: true, assetsDir: 'assets', modulePreload: { polyfill: false }, target: 'es2022', assetsInlineLimit: 0 },
    server: { host: '127.0.0.1', ...(forward && { proxy: { '/v1': forward, '/config.json': forward } }) },
  }
})
