import { describe, expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import { emptyResource, ofKind, resourceForm, resourceInput, resourcePointers } from './resourceForm'

const about = { id: 'r', version: 1, kind: 'resource', name: 'R' } as const

describe('what was read is written back as it was', () => {
  const connectors: Schemas['Connector'][] = [
    { type: 'group', group: 'users' },
    { type: 'webhook', url: 'https://hooks.example.com/jira', secret: 'jira' },
    { type: 'identity-center', account: '123456789012', permission_set: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1' },
    { type: 'identity-center', group_id: '9067-1' },
    { type: 'device', device: 'ana-macbook' },
  ]
  test.each(connectors)('%o', (connector) => {
    expect(resourceInput(resourceForm({ ...about, connector })).connector).toEqual(connector)
  })
  test('with everything there is', () => {
    const all = { id: 'r', kind: 'resource' as const, name: 'R', description: 'D', owner: 'chloe', url: 'https://example.com', connector: { type: 'group', group: 'users' } as const }
    expect(resourceInput(resourceForm({ ...all, version: 1 }))).toEqual(all)
  })
})

test('what was typed for another way of giving access is not written', () => {
  const form = { ...emptyResource, connector: { ...emptyResource.connector, way: 'webhook' as const, group: 'users', url: 'https://a.example', secret: ' s ' } }
  expect(resourceInput(form).connector).toEqual({ type: 'webhook', url: 'https://a.example', secret: 's' })
})

test('a finding about a field that is not shown stands at no field', () => {
  expect(resourcePointers({ ...emptyResource, connector: { ...emptyResource.connector, way: 'store-group' } })).not.toContain('/connector/account')
})

test('the way follows the kind until something is typed', () => {
  const device = ofKind(emptyResource, 'device')
  expect(device.connector.way).toBe('device')
  expect(ofKind(device, 'resource').connector.way).toBe('group')
  const typed = { ...emptyResource, connector: { ...emptyResource.connector, group: 'users' } }
  expect(ofKind(typed, 'device').connector.way).toBe('group')
})
