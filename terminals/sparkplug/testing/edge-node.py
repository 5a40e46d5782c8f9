"""An edge node of somebody else's make: Google's protobuf and Eclipse Paho do the encoding and the talking; what is
ours is the list of fields below, made into a message at run time. Lines on standard input are orders, JSON each.

usage: edge-node.py port group node device
"""
import json
import sys
import time

import paho.mqtt.client as mqtt
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

F = descriptor_pb2.FieldDescriptorProto
file = descriptor_pb2.FileDescriptorProto(name="spb.proto", package="spb", syntax="proto2")
payload = file.message_type.add(name="Payload")
metric = payload.nested_type.add(name="Metric")


def fields(message, rows):
    for name, number, kind, label, of in rows:
        message.field.add(name=name, number=number, type=kind, label=label, type_name=of)


ONE, MANY = F.LABEL_OPTIONAL, F.LABEL_REPEATED
fields(metric, [
    ("name", 1, F.TYPE_STRING, ONE, None), ("alias", 2, F.TYPE_UINT64, ONE, None),
    ("timestamp", 3, F.TYPE_UINT64, ONE, None), ("datatype", 4, F.TYPE_UINT32, ONE, None),
    ("is_historical", 5, F.TYPE_BOOL, ONE, None), ("is_null", 7, F.TYPE_BOOL, ONE, None),
    ("int_value", 10, F.TYPE_UINT32, ONE, None), ("long_value", 11, F.TYPE_UINT64, ONE, None),
    ("float_value", 12, F.TYPE_FLOAT, ONE, None), ("double_value", 13, F.TYPE_DOUBLE, ONE, None),
    ("boolean_value", 14, F.TYPE_BOOL, ONE, None), ("string_value", 15, F.TYPE_STRING, ONE, None),
])
fields(payload, [
    ("timestamp", 1, F.TYPE_UINT64, ONE, None), ("metrics", 2, F.TYPE_MESSAGE, MANY, ".spb.Payload.Metric"),
    ("seq", 3, F.TYPE_UINT64, ONE, None),
])
pool = descriptor_pool.DescriptorPool()
pool.Add(file)
described = pool.FindMessageTypeByName("spb.Payload")
Payload = (message_factory.GetMessageClass(described) if hasattr(message_factory, "GetMessageClass")
           else message_factory.MessageFactory(pool).GetPrototype(described))

port, group, node, device = int(sys.argv[1]), *sys.argv[2:5]
INT32, DOUBLE, BOOLEAN, INT64, FLOAT = 3, 10, 11, 4, 9
state = {"seq": 0, "bd": 0, "limit": 20.0, "count": 0, "stuck": False}


def topic(kind, of_device):
    return f"spBv1.0/{group}/{kind}/{node}" + (f"/{device}" if of_device else "")


def message(metrics, numbered=True):
    made = Payload(timestamp=int(time.time() * 1000))
    for each in metrics:
        one = made.metrics.add(timestamp=int(time.time() * 1000))
        for key, value in each.items():
            setattr(one, key, value)
    if numbered:
        made.seq = state["seq"]
        state["seq"] = (state["seq"] + 1) % 256
    return made.SerializeToString()


def birth():
    state["seq"] = 0
    client.publish(topic("NBIRTH", False), message([
        {"name": "bdSeq", "datatype": INT64, "long_value": state["bd"]},
        {"name": "Node Control/Rebirth", "datatype": BOOLEAN, "boolean_value": False},
        {"name": "Uptime", "datatype": INT32, "int_value": 7},
    ]))
    client.publish(topic("DBIRTH", True), message([
        {"name": "Count", "alias": 1, "datatype": INT32, "int_value": state["count"] & 0xFFFFFFFF},
        {"name": "Limit", "alias": 2, "datatype": FLOAT, "float_value": state["limit"]},
        {"name": "Running", "alias": 3, "datatype": BOOLEAN, "boolean_value": True},
    ]))


def on_connect(*_):
    client.subscribe([(topic("NCMD", False), 1), (topic("DCMD", True), 1)])


def on_subscribe(*_):
    birth()
    print(json.dumps({"ready": True}), flush=True)


def on_message(_client, _data, incoming):
    asked = Payload.FromString(incoming.payload)
    for one in asked.metrics:
        print(json.dumps({"asked": one.name or one.alias, "type": one.datatype, "limit": one.float_value}), flush=True)
        if one.name == "Node Control/Rebirth":
            birth()
        elif one.alias == 2 and not state["stuck"]:
            state["limit"] = one.float_value
        if one.alias == 2:
            client.publish(topic("DDATA", True), message([{"alias": 2, "float_value": state["limit"]}]))


client = mqtt.Client(client_id=f"{node}-peer")
client.on_connect, client.on_message, client.on_subscribe = on_connect, on_message, on_subscribe
client.will_set(topic("NDEATH", False), message([{"name": "bdSeq", "datatype": INT64, "long_value": 0}], False), 1)
client.connect("127.0.0.1", port, keepalive=5)
client.loop_start()

for line in sys.stdin:
    order = json.loads(line)
    if "count" in order:
        state["count"] = order["count"]
        client.publish(topic("DDATA", True), message([{"alias": 1, "int_value": order["count"] & 0xFFFFFFFF}]))
    elif order.get("skip"):
        state["seq"] = (state["seq"] + 1) % 256
    elif "stuck" in order:
        state["stuck"] = order["stuck"]
        print(json.dumps({"stuck": state["stuck"]}), flush=True)
    elif order.get("leave"):
        client.publish(topic("DDEATH", True), message([]))
