"""patches/secrets.py"""

import pytest
from botocore.exceptions import ClientError


def test_the_reference_of_a_secret_is_its_arn(as_role, client, stack):
    assert stack["Secret"] == stack["SecretArn"]
    secrets = as_role("secretsmanager", stack["SecretRole"])
    told = secrets.get_secret_value(SecretId=stack["Secret"])
    assert told["SecretString"] == "first"
    with pytest.raises(ClientError, match="AccessDenied"):
        secrets.put_secret_value(SecretId=stack["Secret"], SecretString="x")
