import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import {
  DataType,
  MessageSecurityMode,
  SecurityPolicy,
  StatusCodes,
  Variant,
  VariantArrayType,
} from 'node-opcua-client';
import { OPCUAServer } from 'node-opcua-server';

/**
 * A server in a process of its own that uses nothing of ours: a boiler with a temperature that rises, a set-point, a
 * sensor that failed, and a method that adds. Arguments: folder, port. User `operator`, password `boiler-9`.
 */
const [folder = '', port = '0'] = process.argv.slice(2);

async function run(): Promise<number> {
  const manager = new OPCUACertificateManager({
    rootFolder: folder,
    automaticallyAcceptUnknownCertificate: true,
    disableFileWatchers: true,
  });
  await manager.initialize();
  const server = new OPCUAServer({
    host: '127.0.0.1',
    hostname: '127.0.0.1',
    port: Number(port),
    serverCertificateManager: manager,
    userCertificateManager: manager,
    securityModes: [MessageSecurityMode.None, MessageSecurityMode.SignAndEncrypt],
    securityPolicies: [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
    allowAnonymous: true,
    userManager: { isValidUser: (user: string, password: string) => user === 'operator' && password === 'boiler-9' },
  });
  await server.initialize();
  const { addressSpace } = server.engine;
  if (!addressSpace) throw new Error('no address space');
  const namespace = addressSpace.getOwnNamespace();
  const boiler = namespace.addObject({
    organizedBy: addressSpace.rootFolder.objects,
    nodeId: 's=Boiler',
    browseName: 'Boiler',
  });
  const variable = (name: string, dataType: string, type: DataType, value: unknown) =>
    namespace.addVariable({
      componentOf: boiler,
      nodeId: `s=Boiler.${name}`,
      browseName: name,
      dataType,
      accessLevel: 'CurrentRead | CurrentWrite',
      userAccessLevel: 'CurrentRead | CurrentWrite',
      value: { dataType: type, arrayType: VariantArrayType.Scalar, value },
    });
  const temperature = variable('Temperature', 'Double', DataType.Double, 20);
  variable('SetPoint', 'Float', DataType.Float, 60);
  variable('Running', 'Boolean', DataType.Boolean, false);
  variable('Starts', 'Int64', DataType.Int64, [0, 41]);
  variable('Profile', 'Int32', DataType.Int32, 5);
  const failed = variable('Pressure', 'Double', DataType.Double, 1);
  failed.setValueFromSource({ dataType: DataType.Double, value: 0 }, StatusCodes.BadSensorFailure, new Date());
  const add = namespace.addMethod(boiler, {
    nodeId: 's=Boiler.Add',
    browseName: 'Add',
    inputArguments: [
      { name: 'a', dataType: DataType.Double },
      { name: 'b', dataType: DataType.Double },
    ],
    outputArguments: [{ name: 'sum', dataType: DataType.Double }],
  });
  add.bindMethod(async ([a, b]: Variant[], _context: unknown) => {
    const sum = Number(a?.value) + Number(b?.value);
    return sum > 1000
      ? { statusCode: StatusCodes.BadOutOfRange }
      : { statusCode: StatusCodes.Good, outputArguments: [new Variant({ dataType: DataType.Double, value: sum })] };
  });
  let degrees = 20;
  setInterval(() => {
    degrees += 0.5;
    temperature.setValueFromSource({ dataType: DataType.Double, value: degrees }, StatusCodes.Good, new Date());
  }, 100);
  await server.start();
  return server.endpoints[0]?.port ?? 0;
}

run().then(
  (bound) => process.send?.({ port: bound }),
  (error: Error) => process.send?.({ failed: error.message }),
);
process.once('disconnect', () => process.exit(0));
