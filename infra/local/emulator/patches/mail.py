"""SES."""

import json
from email.utils import parseaddr

from ministack.core import iam_actions
from ministack.services import ses

from patches.replacing import override


def patch_ses_send_authorization():
    """Authorize SES v2 SendEmail on the sending identity (with AUTH=true)."""
    # AWS: ses:SendEmail is checked on the ARN of the verified identity of
    # the From address; MiniStack checks "*", which denies a narrow policy.

    @override(iam_actions, "_ses_v2_resource_arn")
    def resource_arn(original, method, path, body, region, account):
        if method != "POST" or path != "/v2/email/outbound-emails":
            return original(method, path, body, region, account)
        sender = json.loads(body).get("FromEmailAddress", "")
        identity = sending_identity(parseaddr(sender)[1])
        return f"arn:aws:ses:{region}:{account}:identity/{identity}"


def sending_identity(address):
    """The verified address, domain or parent domain that may send."""
    domain = address.rpartition("@")[2]
    labels = domain.split(".")
    parents = [".".join(labels[index:]) for index in range(len(labels))]
    for candidate in [address, *parents]:
        if candidate in ses._identities:
            return candidate
    return domain


PATCHES = (patch_ses_send_authorization,)
