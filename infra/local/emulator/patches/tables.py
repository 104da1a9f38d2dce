"""DynamoDB tables made by CloudFormation."""

from ministack.services import dynamodb

from patches.replacing import override_resource


def patch_table_time_to_live():
    """Honour TimeToLiveSpecification of AWS::DynamoDB::Table."""
    # AWS: the property enables TTL when the table is created; MiniStack
    # ignores it on create.

    @override_resource("AWS::DynamoDB::Table", "create")
    def create(original, logical_id, props, stack_name):
        result = original(logical_id, props, stack_name)
        ttl = props.get("TimeToLiveSpecification")
        if ttl:
            specification = {
                "AttributeName": ttl["AttributeName"],
                "Enabled": str(ttl.get("Enabled")).lower() == "true",
            }
            dynamodb._update_ttl(
                {
                    "TableName": result[0],
                    "TimeToLiveSpecification": specification,
                }
            )
        return result


PATCHES = (patch_table_time_to_live,)
