import type { ConnectorForm, Way } from '../../../resources/resourceForm'

type Words<Key extends string> = Record<Key, string>
type FieldName = keyof Omit<ConnectorForm, 'way'>

export const resources = {
  lead: 'What people may ask for. A flow opens it to them.',
  create: 'Create resource',
  newTitle: 'New resource',
  newLead: 'Nobody can ask for it before a flow serves it.',
  kind: 'Kind',
  kinds: { resource: 'Resource', device: 'Device' } as Record<string, string>,
  kindHint: 'Access to a device begins when its requester starts it; to a resource, when it is approved.',
  description: 'Description',
  descriptionHint: 'What people read before they ask.',
  owner: 'Owner',
  ownerHint: 'Decides where a flow asks the owner.',
  noOwner: 'none',
  url: 'Address',
  urlHint: 'Where to use it; shown while it is held.',
  connector: 'How access is given',
  connectorHint: 'A change touches no access that is held or asked for already: a request keeps the target it was submitted for.',
  way: 'By',
  ways: {
    group: 'Group of Latchkey',
    webhook: 'Webhook',
    assignment: 'AWS account, by IAM Identity Center',
    'store-group': 'Group of IAM Identity Center',
    device: 'Agent of a device',
  } as Words<Way>,
  wayHints: {
    group: 'Puts the person into a group of this directory, which from then on nobody can join otherwise.',
    webhook: 'A signed call tells your endpoint what is wanted, and asks what is there.',
    assignment: 'Assigns a permission set in an account to the person, whom it knows by their email.',
    'store-group': 'Makes the person, whom it knows by their email, a member of a group of the Identity Store.',
    device: 'Makes the person an administrator of the machine, by its agent.',
  } as Words<Way>,
  fields: {
    group: 'Group', url: 'Endpoint', secret: 'Name of the secret', account: 'AWS account', permission_set: 'Permission set', group_id: 'Id of the group', device: 'Device',
  } as Words<FieldName>,
  fieldHints: {
    group: 'One that is there for this alone.',
    url: 'Begins with https://',
    secret: 'In AWS Secrets Manager, after STACK/webhooks/.',
    account: 'Twelve digits.',
    permission_set: 'Its ARN: arn:aws:sso:::permissionSet/…',
    group_id: 'As the Identity Store shows it.',
    device: 'One of the section Devices.',
  } as Words<FieldName>,
  servedBy: 'Served by',
  servedByLead: 'The flows that say who may ask for this, and who decides.',
  unserved: 'No flow: nobody can ask',
  flowOff: 'off',
  deleteLead: 'A resource can be deleted once no flow serves it.',
  deleteTitle: (name: string) => `Delete the resource ${name}?`,
  deleteWhat: 'Requests for it that nobody has decided are canceled. Access that is held stays until its time is up, or someone ends it. Its history stays.',
}
