// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// start.mjs DIRECTORY: a whole Bluesky network on 127.0.0.1 in this one process, of the published services: the
// directory of identities, a personal data server and the AppView; beside it a PostgreSQL that ends with it. When all of
// it answers, DIRECTORY/network.json names the servers and two accounts. SIGTERM ends it. See README.md.

import { execFileSync, spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'

const directory = path.resolve(process.argv[2])
const loopback = '127.0.0.1'
/// Seconds that an access token lives: a run of some minutes sees many of them end.
const accessLife = Number(process.env.EARSHOT_BLUESKY_ACCESS_LIFE ?? 20)
process.env.LOG_ENABLED = 'false'
process.env.NODE_ENV = 'test'

// The services name a port alone, which would be every interface.
const originalListen = net.Server.prototype.listen
net.Server.prototype.listen = function (where, ...rest) {
  if (typeof where === 'number') {
    if (typeof rest[0] === 'string') rest.shift()
    return originalListen.call(this, where, loopback, ...rest)
  }
  if (typeof where === 'object' && where !== null && where.port !== undefined)
    return originalListen.call(this, { ...where, host: loopback }, ...rest)
  return originalListen.call(this, where, ...rest)
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', reject)
    probe.listen(0, () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const address = (port) => `http://localhost:${port}`

// What was started, to be ended in reverse.
const endings = []
let isEnding = false
async function end(code) {
  if (isEnding) return
  isEnding = true
  setTimeout(() => process.exit(code), 15_000).unref()
  for (const ending of endings.reverse()) {
    try {
      await ending()
    } catch (error) {
      console.error('at the end:', error)
    }
  }
  process.exit(code)
}
process.on('SIGTERM', () => end(0))
process.on('SIGINT', () => end(0))
for (const trouble of ['uncaughtException', 'unhandledRejection'])
  process.on(trouble, (error) => {
    console.error(error)
    end(1)
  })

/// A cluster of its own under the directory. It hangs on a pipe from us, so it ends however we end.
async function startPostgres() {
  const versions = fs.readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))
  const programs = path.join('/usr/lib/postgresql', versions[0], 'bin')
  const home = path.join(directory, 'postgres')
  fs.mkdirSync(home)
  const user = {}
  if (process.getuid() === 0) {
    // It refuses to run as root.
    user.uid = Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }))
    user.gid = Number(execFileSync('id', ['-g', 'postgres'], { encoding: 'utf8' }))
    fs.chmodSync(directory, 0o711)
    fs.chownSync(home, user.uid, user.gid)
  }
  const data = path.join(home, 'data')
  execFileSync(path.join(programs, 'initdb'),
    ['--pgdata', data, '--username=earshot', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: home, stdio: ['ignore', 'ignore', 'inherit'] })
  const port = await freePort()
  const settings = [`listen_addresses=${loopback}`, 'unix_socket_directories=', 'fsync=off', 'full_page_writes=off',
    'synchronous_commit=off', 'shared_buffers=32MB', 'max_connections=60']
  const script = '"$@" < /dev/null & server=$!; read -r nothing; kill -INT $server; wait $server'
  const guard = spawn('/bin/sh', ['-c', script, 'sh', path.join(programs, 'postgres'), '-D', data, '-p', String(port),
    ...settings.flatMap((setting) => ['-c', setting])],
    { ...user, cwd: home, detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  const ended = new Promise((resolve) => guard.once('exit', resolve))
  endings.push(() => {
    guard.stdin.end()
    return ended
  })
  for (let tries = 0; ; ++tries) {
    try {
      execFileSync(path.join(programs, 'pg_isready'), ['--quiet', '--host', loopback, '--port', String(port)])
      return `postgres://earshot@${loopback}:${port}/postgres`
    } catch (error) {
      if (tries > 300 || guard.exitCode !== null) throw new Error(`PostgreSQL does not start: ${error}`)
      await pause(50)
    }
  }
}

/// Stands between two services, and stands still while DIRECTORY/switches.json says {"appviewDown": true}.
async function startRelay(toPort) {
  const isDown = () => {
    try {
      return JSON.parse(fs.readFileSync(path.join(directory, 'switches.json'), 'utf8')).appviewDown === true
    } catch {
      return false
    }
  }
  const port = await freePort()
  const relay = net.createServer((client) => {
    const server = net.connect(toPort, loopback)
    const close = () => {
      client.destroy()
      server.destroy()
    }
    if (isDown()) return close()
    // Connections are kept open between requests.
    client.on('data', (bytes) => (isDown() ? close() : server.write(bytes)))
    server.on('data', (bytes) => client.write(bytes))
    for (const socket of [client, server]) socket.on('error', close).on('close', close)
  })
  relay.listen(port)
  endings.push(() => relay.close())
  return port
}

async function main() {
  const [{ Secp256k1Keypair }, plc, plcLib, pdsModule, appviewModule, bsyncModule] = await Promise.all([
    import('@atproto/crypto'), import('@did-plc/server'), import('@did-plc/lib'), import('@atproto/pds'),
    import('@atproto/bsky'), import('@atproto/bsync')])
  const database = await startPostgres()
  const port = {}
  for (const name of ['plc', 'pds', 'appview', 'dataplane', 'bsync']) port[name] = await freePort()

  const directoryServer = plc.PlcServer.create({ db: plc.Database.mock(), port: port.plc })
  await directoryServer.start()
  endings.push(() => directoryServer.destroy())

  // The AppView's own identity.
  const key = await Secp256k1Keypair.create()
  const identities = new plcLib.Client(address(port.plc))
  const appviewDid = await identities.createDid({ signingKey: key.did(), rotationKeys: [key.did()],
    handle: 'appview.test', pds: address(port.appview), signer: key })
  await identities.updateData(appviewDid, key, (data) => {
    data.services.bsky_appview = { type: 'BskyAppView', endpoint: address(port.appview) }
    data.services.bsky_notif = { type: 'BskyNotificationService', endpoint: address(port.appview) }
    return data
  })

  const bsyncKey = randomBytes(8).toString('hex')
  const bsync = await bsyncModule.BsyncService.create(bsyncModule.envToCfg({ port: port.bsync, apiKeys: [bsyncKey],
    dbUrl: database, dbSchema: 'bsync', dbPoolSize: 5 }))
  await bsync.ctx.db.migrateToLatestOrThrow()
  await bsync.start()
  endings.push(() => bsync.destroy())

  const tables = new appviewModule.Database({ url: database, schema: 'appview', poolSize: 10 })
  endings.push(() => tables.close())
  const migration = new appviewModule.Database({ url: database, schema: 'appview' })
  await migration.migrateToLatestOrThrow()
  await migration.close()
  const dataplane = await appviewModule.DataPlaneServer.create(tables, port.dataplane, address(port.plc), fetch)
  endings.push(() => dataplane.destroy())
  const config = new appviewModule.ServerConfig({
    version: 'test', port: port.appview, publicUrl: address(port.appview), serverDid: appviewDid,
    didPlcUrl: address(port.plc), dataplaneUrls: [address(port.dataplane)], dataplaneHttpVersion: '1.1',
    bsyncUrl: address(port.bsync), bsyncApiKey: bsyncKey, bsyncHttpVersion: '1.1',
    adminPasswords: [randomBytes(8).toString('hex')], modServiceDid: 'did:example:moderation',
    labelsFromIssuerDids: [], alternateAudienceDids: [], etcdHosts: [], disableSsrfProtection: true,
    notificationsDelayMs: 0, feedGenSkeletonTimeout: 5000, maxThreadParents: 100, draftsLimit: 10,
    bigThreadUris: new Set(), searchTagsHide: new Set(), searchTagsHideAll: new Set(), threadTagsHide: new Set(),
    threadTagsBumpDown: new Set(), debugFieldAllowedDids: new Set(), irisFeedUris: new Set(),
    irisStagingFeedUris: new Set(), visibilityTagHide: '', visibilityTagRankPrefix: '' })
  const appview = appviewModule.BskyAppView.create({ config, signingKey: key })
  await appview.start()
  endings.push(() => appview.destroy())
  const relayed = await startRelay(port.appview)

  const jwtSecret = randomBytes(16).toString('hex')
  const hexKey = async () => {
    const pair = await Secp256k1Keypair.create({ exportable: true })
    return Buffer.from(await pair.export()).toString('hex')
  }
  fs.mkdirSync(path.join(directory, 'pds'))
  const pds = await pdsModule.PDS.fromEnv({
    devMode: true, port: port.pds, hostname: 'localhost', dataDirectory: path.join(directory, 'pds'),
    blobstoreDiskLocation: path.join(directory, 'blobs'), didPlcUrl: address(port.plc),
    plcRotationKeyK256PrivateKeyHex: await hexKey(), recoveryDidKey: (await Secp256k1Keypair.create()).did(),
    jwtSecret, adminPassword: randomBytes(8).toString('hex'), serviceHandleDomains: ['.test'], inviteRequired: false,
    disableSsrfProtection: true, bskyAppViewUrl: address(relayed), bskyAppViewDid: appviewDid,
    bskyAppViewCdnUrlPattern: `${address(port.appview)}/img/%s/plain/%s/%s` })
  // Handles under .test stand in no name server: everybody asks the server's own table.
  for (const resolver of [pds.ctx.idResolver, appview.ctx.idResolver, dataplane.idResolver])
    resolver.handle.resolve = async (handle) => (await pds.ctx.accountManager.getAccount(handle))?.did
  shortenAccess(pds.ctx.accountManager, jwtSecret)
  await pds.start()
  endings.push(() => pds.destroy())
  const indexer = new appviewModule.RepoSubscription({ service: `ws://localhost:${port.pds}`, db: tables,
    idResolver: dataplane.idResolver })
  endings.push(() => indexer.destroy())
  void indexer.start()

  const accounts = {}
  for (const name of ['brand', 'customer']) accounts[name] = await makeAccount(name, port)
  const told = { pds: `http://${loopback}:${port.pds}`, appview: `http://${loopback}:${port.appview}`, accounts }
  fs.writeFileSync(path.join(directory, 'network.part'), JSON.stringify(told))
  fs.renameSync(path.join(directory, 'network.part'), path.join(directory, 'network.json'))
}

/// Sessions whose access tokens end soon, signed as the server signs them.
function shortenAccess(manager, secret) {
  const encode = (object) => Buffer.from(JSON.stringify(object)).toString('base64url')
  const shortened = (token) => {
    const [head, claims] = token.split('.')
    const told = JSON.parse(Buffer.from(claims, 'base64url').toString())
    const text = `${head}.${encode({ ...told, exp: Math.floor(Date.now() / 1000) + accessLife })}`
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
  }
  for (const name of ['createSession', 'rotateRefreshToken']) {
    const original = manager[name].bind(manager)
    manager[name] = async (...args) => {
      const made = await original(...args)
      if (made?.accessJwt) made.accessJwt = shortened(made.accessJwt)
      return made
    }
  }
}

/// An account with an app password, known to the AppView.
async function makeAccount(name, port) {
  const call = async (method, body, token) => {
    const answer = await fetch(`http://${loopback}:${port.pds}/xrpc/${method}`, { method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body) })
    const told = await answer.json()
    if (!answer.ok) throw new Error(`${method}: ${answer.status} ${JSON.stringify(told)}`)
    return told
  }
  const accountPassword = randomBytes(9).toString('base64url')
  const made = await call('com.atproto.server.createAccount',
    { handle: `${name}.test`, email: `${name}@example.test`, password: accountPassword })
  const { password } = await call('com.atproto.server.createAppPassword', { name: 'earshot' }, made.accessJwt)
  for (let tries = 0; ; ++tries) {
    const known = await fetch(`http://${loopback}:${port.appview}/xrpc/app.bsky.actor.getProfile?actor=${made.did}`)
    await known.body?.cancel()
    if (known.ok) break
    if (tries > 300) throw new Error(`the AppView does not learn of ${name}`)
    await pause(50)
  }
  return { did: made.did, handle: made.handle, password, accountPassword }
}

main().catch((error) => {
  console.error(error)
  end(1)
})
