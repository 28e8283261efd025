return await EdgeMas.Host.CommandLine.RootVerb.RunAsync(args);
