"""Secrets Manager secrets made by CloudFormation."""

from ministack.services import secretsmanager

from patches.replacing import override_resource

SECRET = "AWS::SecretsManager::Secret"


def patch_secret_reference():
    """Let Ref of a secret be its ARN."""
    # AWS: Ref gives the ARN, which a policy names as its Resource; MiniStack
    # gives the name, and so a policy that allows nothing.

    def name_of(physical_id):
        for name, secret in secretsmanager._secrets.items():
            if physical_id == secret["ARN"]:
                return name
        return physical_id

    @override_resource(SECRET, "create")
    def create(original, *args):
        _, attributes = original(*args)
        return attributes["Arn"], attributes

    @override_resource(SECRET, "update")
    def update(original, physical_id, *args, **kwargs):
        _, attributes = original(name_of(physical_id), *args, **kwargs)
        return attributes["Arn"], attributes

    @override_resource(SECRET, "delete")
    def delete(original, physical_id, props):
        return original(name_of(physical_id), props)


PATCHES = (patch_secret_reference,)
