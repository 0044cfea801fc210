Console.WriteLine("minidock");
