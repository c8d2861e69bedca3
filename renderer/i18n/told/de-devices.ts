import type { Catalogue } from '../told.ts';

/** What devices and their setup tell, by its English: see main/contract/told.ts. */
export const deDevices: Catalogue = {
  'the NVIDIA driver gives no GPU (nvidia-smi: {0})': 'der NVIDIA-Treiber nennt keine GPU (nvidia-smi: {0})',
  'The NVIDIA driver gives no GPU (nvidia-smi: {0}). After an update of the driver, start the machine again.':
    'Der NVIDIA-Treiber nennt keine GPU (nvidia-smi: {0}). Nach einer Aktualisierung des Treibers den Rechner neu starten.',
  '{0} is too old for this TensorFlow: its compute capability is {1}, and 6.0 is needed.':
    '{0} ist zu alt für dieses TensorFlow: Die Compute Capability ist {1}, nötig ist 6.0.',
  '{0} is newer than this TensorFlow: at its first start the driver compiles kernels for it, which can take half an hour, once.':
    '{0} ist neuer als dieses TensorFlow: Beim ersten Start übersetzt der Treiber die Kernels dafür, was einmal eine halbe Stunde dauern kann.',
  "The driver's library {0} is not found.": 'Die Bibliothek {0} des Treibers fehlt.',
  'In a container: start it with the GPU and NVIDIA_DRIVER_CAPABILITIES=compute,utility. Else install the whole driver (Debian: libcuda1; Ubuntu: libnvidia-compute of the same version).':
    'In einem Container: ihn mit der GPU und NVIDIA_DRIVER_CAPABILITIES=compute,utility starten. Sonst den ganzen Treiber installieren (Debian: libcuda1; Ubuntu: libnvidia-compute derselben Version).',
  "TensorFlow does not see {0}: the driver's library {1} is not found.":
    'TensorFlow sieht {0} nicht: Die Bibliothek {1} des Treibers fehlt.',
  'TensorFlow does not see {0}: {1} cannot be loaded.': 'TensorFlow sieht {0} nicht: {1} lässt sich nicht laden.',
  'After an update of the driver, start the machine again. Another program may hold the GPU for itself (nvidia-smi shows its compute mode).':
    'Nach einer Aktualisierung des Treibers den Rechner neu starten. Vielleicht hat ein anderes Programm die GPU für sich allein (nvidia-smi zeigt den Compute-Modus).',
  'TensorFlow does not see {0}: its driver does not start for computing.':
    'TensorFlow sieht {0} nicht: Der Treiber startet nicht zum Rechnen.',
  "'{0}' computes wrong: its losses are {1}, those of the portable device {2}.":
    "'{0}' rechnet falsch: Seine Verluste sind {1}, die des portablen Geräts {2}.",
  "'{0}' of {1} does not have the shape [{2}].": "'{0}' in {1} hat nicht die Form [{2}].",
  "'{0}' of {1} has the shape [{2}], but the model needs [{3}].":
    "'{0}' in {1} hat die Form [{2}], das Modell braucht aber [{3}].",
  'A GPU is taken once it wins a measurement with the configuration that is trained: the first training measures.':
    'Eine GPU wird genommen, sobald sie bei einer Messung mit der trainierten Konfiguration am schnellsten ist: Das erste Training misst.',
  "A sequence of {0} tokens is longer than this model's context of {1}.":
    'Eine Sequenz von {0} Token ist länger als der Kontext dieses Modells von {1}.',
  'A tensor of {0} MiB is needed, but the GPU {1} allows {2} MiB.':
    'Ein Tensor von {0} MiB wird gebraucht, die GPU {1} erlaubt aber nur {2} MiB.',
  "A text of {0} tokens is longer than this model's context of {1}.":
    'Ein Text von {0} Token ist länger als der Kontext dieses Modells von {1}.',
  'All libraries of CUDA 12 and cuDNN 9 are installed.': 'Alle Bibliotheken von CUDA 12 und cuDNN 9 sind installiert.',
  'Another compiler may take it (CXX=clang++), or another libtensorflow (--library PATH).':
    'Vielleicht gelingt es mit einem anderen Compiler (CXX=clang++) oder einer anderen libtensorflow (--library PATH).',
  'Another configuration is measured when it is first trained.':
    'Eine andere Konfiguration wird gemessen, wenn sie zum ersten Mal trainiert wird.',
  'Another libtensorflow may have what is missing: --library PATH. The other devices work as before.':
    'Eine andere libtensorflow hat vielleicht, was fehlt: --library PATH. Die übrigen Geräte funktionieren wie zuvor.',
  'Build it again for this system: node worker/native/build.mjs':
    'Für dieses System neu bauen: node worker/native/build.mjs',
  'Check that npm reaches its registry, or name the package as a .tgz that you have: --binding FILE':
    'Prüfen, ob npm seine Registry erreicht, oder das Paket als vorhandene .tgz-Datei angeben: --binding FILE',
  'Check the connection and run the same command again, or fetch the file by other means and name it.':
    'Die Verbindung prüfen und denselben Befehl noch einmal ausführen, oder die Datei auf anderem Weg besorgen und angeben.',
  'Check the connection, or name a folder, a wheel or an archive that you have: --library PATH':
    'Die Verbindung prüfen oder einen vorhandenen Ordner, ein Wheel oder ein Archiv angeben: --library PATH',
  'Choose a part of it, or give the model a longer context: hyena extend RUN --context N.':
    'Einen Teil davon wählen oder dem Modell einen längeren Kontext geben: hyena extend RUN --context N.',
  'Choose a smaller batch, sequence length or model, or switch gradient checkpointing on; HYENA_MEMORY_LIMIT_MIB sets the limit.':
    'Einen kleineren Batch, eine kürzere Sequenzlänge oder ein kleineres Modell wählen oder die Neuberechnung (gradient_checkpointing) einschalten; HYENA_MEMORY_LIMIT_MIB bestimmt die Grenze.',
  'Dawn does not start here: {0}': 'Dawn startet hier nicht: {0}',
  'Fetch it again, or name another one.': 'Die Datei noch einmal laden oder eine andere angeben.',
  'Free some space, or set HYENA_DEVICES to a folder on another disk.':
    'Platz schaffen oder HYENA_DEVICES auf einen Ordner auf einem anderen Datenträger setzen.',
  'GPU {0}: {1}': 'GPU {0}: {1}',
  'Go on from the last checkpoint; if it happens again, use another device.':
    'Von der letzten Sicherung aus fortsetzen; geschieht es wieder, ein anderes Gerät verwenden.',
  "HYENA_MEMORY_LIMIT_MIB must be a positive number, but is '{0}'.":
    "HYENA_MEMORY_LIMIT_MIB muss eine positive Zahl sein, ist aber '{0}'.",
  'Install CUDA 12 and cuDNN 9 by your system, then: hyena setup cuda --cuda-libraries system':
    'CUDA 12 und cuDNN 9 über das Betriebssystem installieren, danach: hyena setup cuda --cuda-libraries system',
  'Install a C++20 compiler (Debian or Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM), then: node worker/native/build.mjs':
    'Einen C++20-Compiler installieren (Debian oder Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM), danach: node worker/native/build.mjs',
  'Install a current driver of the GPU.': 'Einen aktuellen Treiber der GPU installieren.',
  'Install one (Debian or Ubuntu: apt install g++; macOS: xcode-select --install), then run the same command again.':
    'Einen installieren (Debian oder Ubuntu: apt install g++; macOS: xcode-select --install), dann denselben Befehl noch einmal ausführen.',
  'Install pip (Debian or Ubuntu: apt install python3-pip), set PIP_INDEX_URL, or name what you have: --library PATH':
    'pip installieren (Debian oder Ubuntu: apt install python3-pip), PIP_INDEX_URL setzen oder Vorhandenes angeben: --library PATH',
  'Install tar, then run the same command again.': 'tar installieren, dann denselben Befehl noch einmal ausführen.',
  "Install the GPU's Vulkan driver and the Vulkan loader (Debian or Ubuntu: apt install libvulkan1, with mesa-vulkan-drivers for Intel and AMD, or NVIDIA's driver).":
    'Den Vulkan-Treiber der GPU und den Vulkan-Loader installieren (Debian oder Ubuntu: apt install libvulkan1, dazu mesa-vulkan-drivers für Intel und AMD oder den Treiber von NVIDIA).',
  'Install the program again.': 'Das Programm neu installieren.',
  'It can hold 4 GiB. Use a smaller batch, a shorter sequence or gradient checkpointing, or the native device.':
    'Es fasst 4 GiB. Einen kleineren Batch, eine kürzere Sequenz, die Neuberechnung (gradient_checkpointing) oder das native Gerät verwenden.',
  'It cannot be used for this: {0}': 'Dafür nicht verwendbar: {0}',
  'It did not end in its time.': 'Es wurde nicht rechtzeitig fertig.',
  'It is built for Linux, macOS and Windows on x64 and arm64 alone. Use another device.':
    'Es wird nur für Linux, macOS und Windows auf x64 und arm64 gebaut. Ein anderes Gerät verwenden.',
  'It is the fastest device here.': 'Es ist das schnellste Gerät hier.',
  'It is the fastest here, measured with this configuration: a step takes {0} on {1}, and did not end in its time on {2}.':
    'Es ist das schnellste hier, gemessen mit dieser Konfiguration: Ein Schritt dauert {0} auf {1}; auf {2} wurde er nicht rechtzeitig fertig.',
  'It is the fastest here, measured with this configuration: a step takes {0} on {1}, {2} on {3}.':
    'Es ist das schnellste hier, gemessen mit dieser Konfiguration: Ein Schritt dauert {0} auf {1}, {2} auf {3}.',
  'It is the only device here.': 'Es ist das einzige Gerät hier.',
  'It must hold {0} or {1}, {2} and include/tensorflow/c/c_api.h.':
    'Der Ordner muss {0} oder {1}, {2} und include/tensorflow/c/c_api.h enthalten.',
  'It was asked for.': 'So wurde es verlangt.',
  'It was deleted; what was fetched besides is kept.': 'Es wurde gelöscht; was sonst geladen wurde, bleibt.',
  'Its config.json and its weights do not belong together.': 'Die config.json und die Gewichte gehören nicht zusammen.',
  'Its driver was reset, or it was taken away. Go on from the last checkpoint; if it happens again, use another device.':
    'Ihr Treiber wurde zurückgesetzt, oder sie wurde entfernt. Von der letzten Sicherung aus fortsetzen; geschieht es wieder, ein anderes Gerät verwenden.',
  'Its process ended early ({0}).': 'Sein Prozess endete vorzeitig ({0}).',
  'Let them be downloaded: hyena setup cuda --remove, then: hyena setup cuda --cuda-libraries download':
    'Herunterladen lassen: hyena setup cuda --remove, danach: hyena setup cuda --cuda-libraries download',
  'Libraries of CUDA are missing: {0}. Install them, or let them be downloaded.':
    'CUDA-Bibliotheken fehlen: {0}. Selbst installieren oder herunterladen lassen.',
  "NVIDIA's packages of CUDA 12 and cuDNN 9 of your Python package index":
    'die Pakete von NVIDIA mit CUDA 12 und cuDNN 9 aus dem eingestellten Python-Paketindex',
  'Name a folder, a wheel or an archive that you have: --library PATH':
    'Einen vorhandenen Ordner, ein Wheel oder ein Archiv angeben: --library PATH',
  'Name a folder, a wheel or an archive with libtensorflow: --library PATH':
    'Einen Ordner, ein Wheel oder ein Archiv mit libtensorflow angeben: --library PATH',
  'No GPU trains this configuration.': 'Keine GPU trainiert diese Konfiguration.',
  'No NVIDIA driver answers (nvidia-smi): install the driver of your card, version 525 or newer, and start the machine again.':
    'Kein NVIDIA-Treiber antwortet (nvidia-smi): den Treiber der Karte installieren, Version 525 oder neuer, und den Rechner neu starten.',
  'No Python package index is known here: pip is not installed.':
    'Hier ist kein Python-Paketindex bekannt: pip ist nicht installiert.',
  'No device is available.': 'Es ist kein Gerät verfügbar.',
  'Not available: {0}.': 'Nicht verfügbar: {0}.',
  'Not installed: {0}.': 'Nicht installiert: {0}.',
  'Nothing was downloaded.': 'Es wurde nichts heruntergeladen.',
  'Nothing was set up.': 'Es wurde nichts eingerichtet.',
  'Process {0} on {1} has been setting a device up since {2}.': 'Prozess {0} auf {1} richtet seit {2} ein Gerät ein.',
  'Reinstall the program: a file of it may be missing.': 'Das Programm neu installieren: Vielleicht fehlt eine Datei.',
  'Run the same command again.': 'Denselben Befehl noch einmal ausführen.',
  'Set PIP_INDEX_URL to an index that has it, or name a wheel that you have: --library PATH':
    'PIP_INDEX_URL auf einen Index setzen, der es hat, oder ein vorhandenes Wheel angeben: --library PATH',
  'Set it up again: hyena setup {0}': 'Neu einrichten: hyena setup {0}',
  'Set it up: hyena setup cuda (hyena setup cuda --plan tells what that downloads)':
    'Einrichten: hyena setup cuda (hyena setup cuda --plan sagt, was dafür heruntergeladen wird)',
  'Shorten the text, or train a model with a longer context (l_max).':
    'Den Text kürzen oder ein Modell mit längerem Kontext (l_max) trainieren.',
  'Start again from a shorter text, or use a model with a longer context.':
    'Mit einem kürzeren Text neu beginnen oder ein Modell mit längerem Kontext verwenden.',
  'TensorFlow computes on NVIDIA GPUs under Linux alone: on Windows, use WSL 2 (Ubuntu) for this.':
    'TensorFlow rechnet auf NVIDIA-GPUs nur unter Linux: unter Windows dafür WSL 2 (Ubuntu) verwenden.',
  'TensorFlow for the processor is not set up; the native device is faster':
    'TensorFlow für den Prozessor ist nicht eingerichtet; das native Gerät ist schneller',
  'TensorFlow in {0} cannot be loaded: {1}': 'TensorFlow in {0} lässt sich nicht laden: {1}',
  'TensorFlow {0} on the processor, {1}': 'TensorFlow {0} auf dem Prozessor, {1}',
  'The GPU {0} could not be opened: {1}': 'Die GPU {0} ließ sich nicht öffnen: {1}',
  'The GPU {0} gave no result: {1}': 'Die GPU {0} lieferte kein Ergebnis: {1}',
  'The GPU {0} has no memory left for this: {1} MiB are in use here.':
    'Die GPU {0} hat keinen Speicher mehr dafür: {1} MiB sind hier belegt.',
  'The GPU {0} refused what it was given: {1}': 'Die GPU {0} hat zurückgewiesen, was sie bekam: {1}',
  'The GPU {0} was lost.': 'Die GPU {0} ging verloren.',
  'The GPU {0} was lost: {1}.': 'Die GPU {0} ging verloren: {1}.',
  'The GPU, its driver or this libtensorflow is at fault: try another with --library PATH.':
    'Die Ursache ist die GPU, ihr Treiber oder diese libtensorflow: mit --library PATH eine andere versuchen.',
  'The NVIDIA driver is {0}; CUDA 12 needs {1} or newer: update the driver.':
    'Der NVIDIA-Treiber hat die Version {0}; CUDA 12 braucht {1} oder neuer: den Treiber aktualisieren.',
  'The Python package index does not answer: {0}': 'Der Python-Paketindex antwortet nicht: {0}',
  "The Python package index has no '{0}' ({1}).": "Der Python-Paketindex hat kein '{0}' ({1}).",
  'The Python package index has no {0} {1} for this system.':
    'Der Python-Paketindex hat kein {0} {1} für dieses System.',
  'The Python package index has no {0} {1}.': 'Der Python-Paketindex hat kein {0} {1}.',
  'The WebAssembly backend did not start.': 'Das WebAssembly-Backend ist nicht gestartet.',
  'The binding does not compile: {0}': 'Die Anbindung lässt sich nicht kompilieren: {0}',
  'The data and the model must use the same tokenizer.': 'Daten und Modell müssen denselben Tokenizer verwenden.',
  "The device '{0}' cannot be set up here. {1}": "Das Gerät '{0}' lässt sich hier nicht einrichten. {1}",
  "The device '{0}' has no {1} precision.": "Das Gerät '{0}' beherrscht die Genauigkeit {1} nicht.",
  "The device '{0}' is not available: {1}.": "Das Gerät '{0}' ist nicht verfügbar: {1}.",
  'The device webgpu convolves at most {0} positions, not {1}.':
    'Das Gerät webgpu faltet höchstens {0} Positionen, nicht {1}.',
  'The distilled filters in {0} are of another shape.': 'Die destillierten Filter in {0} haben eine andere Form.',
  'The download was stopped.': 'Das Herunterladen wurde angehalten.',
  'The headers of Node-API are missing.': 'Die Header von Node-API fehlen.',
  "The model's context of {0} tokens is full.": 'Der Kontext des Modells von {0} Token ist voll.',
  "The model's filters are not finite.": 'Die Filter des Modells sind nicht endlich.',
  'The native device cannot be loaded: {0}': 'Das native Gerät lässt sich nicht laden: {0}',
  'The native device has no tensors of type {0}.': 'Das native Gerät hat keine Tensoren vom Typ {0}.',
  'The native device is not built.': 'Das native Gerät ist nicht gebaut.',
  'The package {0} came damaged: its checksum is not the published one.':
    'Das Paket {0} kam beschädigt an: Seine Prüfsumme ist nicht die veröffentlichte.',
  'The portable device has no room for {0} MiB more.': 'Das portable Gerät hat keinen Platz für weitere {0} MiB.',
  "The self-test of '{0}' failed: {1}": "Der Selbsttest von '{0}' ist gescheitert: {1}",
  'The server refused {0}: {1}.': 'Der Server hat {0} verweigert: {1}.',
  'The setup was stopped.': 'Die Einrichtung wurde angehalten.',
  'Then: hyena setup {0}': 'Danach: hyena setup {0}',
  'There is no C++ compiler here, and the binding is built from its sources.':
    'Hier gibt es keinen C++-Compiler, und die Anbindung wird aus ihren Quellen gebaut.',
  'There is no GPU with the number {0}.': 'Es gibt keine GPU mit der Nummer {0}.',
  'There is no GPU: {0}.': 'Es gibt keine GPU: {0}.',
  'There is no NVIDIA GPU with the number {0}.': 'Es gibt keine NVIDIA-GPU mit der Nummer {0}.',
  "There is no device named '{0}'.": "Es gibt kein Gerät namens '{0}'.",
  'There is no libtensorflow in {0}.': 'In {0} gibt es keine libtensorflow.',
  'There is no official archive for this system: name a folder with libtensorflow by --library.':
    'Für dieses System gibt es kein offizielles Archiv: mit --library einen Ordner mit libtensorflow angeben.',
  'There is no program tar to unpack with.': 'Es gibt kein Programm tar zum Entpacken.',
  "There is no wheel with libtensorflow for '{0}' on this system ({1}, {2}): name a folder that has it by --library.":
    "Für '{0}' gibt es auf diesem System ({1}, {2}) kein Wheel mit libtensorflow: einen Ordner angeben, der es enthält, mit --library.",
  'There is nothing at {0}.': 'Unter {0} liegt nichts.',
  'This adapter computes on the processor: it is for tests, and slow.':
    'Dieser Adapter rechnet auf dem Prozessor: Er ist für Tests gedacht und langsam.',
  'This is a defect of the program or the driver. Update the driver, or use another device.':
    'Das ist ein Fehler des Programms oder des Treibers. Den Treiber aktualisieren oder ein anderes Gerät verwenden.',
  'This libtensorflow does not say which of CUDA’s libraries it needs.':
    'Diese libtensorflow sagt nicht, welche CUDA-Bibliotheken sie braucht.',
  'This needs about {0} of {1} or more, you have {2}.': 'Dafür sind rund {0} {1} oder mehr nötig, vorhanden sind {2}.',
  'This process computes with the TensorFlow of {0} already.':
    'Dieser Prozess rechnet schon mit dem TensorFlow aus {0}.',
  'This takes {0} of disk, and {1} has {2} free.': 'Dafür sind {0} auf dem Datenträger nötig; in {1} sind {2} frei.',
  'To compare with it: hyena setup tensorflow': 'Um damit zu vergleichen: hyena setup tensorflow',
  "Token {0} is outside of the model's vocabulary of {1} tokens.":
    'Das Token {0} liegt außerhalb des Vokabulars dieses Modells von {1} Token.',
  'Try a smaller batch (with gradient accumulation for the same result), a shorter sequence length, gradient checkpointing, or another device.':
    'Einen kleineren Batch (mit Gradientenakkumulation für dasselbe Ergebnis), eine kürzere Sequenzlänge, die Neuberechnung (gradient_checkpointing) oder ein anderes Gerät versuchen.',
  'Try again; where it happens again, something between here and the server changes files.':
    'Noch einmal versuchen; geschieht es wieder, verändert etwas zwischen hier und dem Server die Dateien.',
  'Update its driver, or use another device.': 'Ihren Treiber aktualisieren oder ein anderes Gerät verwenden.',
  'Use a shorter sequence, or another device.': 'Eine kürzere Sequenz oder ein anderes Gerät verwenden.',
  'Use a smaller batch, a shorter sequence or gradient checkpointing.':
    'Einen kleineren Batch, eine kürzere Sequenz oder die Neuberechnung (gradient_checkpointing) verwenden.',
  'Use auto, or one of: {0}.': 'Möglich sind auto und: {0}.',
  'Use one of the two at a time.': 'Immer nur eines der beiden verwenden.',
  'Use {0}, or another device.': '{0} oder ein anderes Gerät verwenden.',
  'WebAssembly on one processor core': 'WebAssembly auf einem Prozessorkern',
  'What was fetched and built; the device was not made available.':
    'Was schon geladen und gebaut ist, bleibt; das Gerät wurde nicht verfügbar gemacht.',
  'What was fetched before.': 'Was vorher geladen wurde, bleibt.',
  'What was fetched was deleted; nothing else was changed.':
    'Das Geladene wurde gelöscht; sonst wurde nichts geändert.',
  'What was fetched.': 'Was schon geladen ist, bleibt.',
  'What was fetched; the next one goes on.': 'Was schon geladen ist, bleibt; das nächste Mal geht es dort weiter.',
  'Where there is an NVIDIA GPU: install its driver, then: hyena setup cuda':
    'Wenn es eine NVIDIA-GPU gibt: ihren Treiber installieren, danach: hyena setup cuda',
  'hyena devices lists those that there are.': 'hyena devices führt auf, welche es gibt.',
  'its C++ kernels are not built': 'seine C++-Kernel sind nicht gebaut',
  memory: 'Speicher',
  'memory of {0}': 'Speicher auf {0}',
  'no GPU that Vulkan, Metal or Direct3D 12 offers was found':
    'es wurde keine GPU gefunden, die über Vulkan, Metal oder Direct3D 12 ansprechbar ist',
  'no NVIDIA driver answers (nvidia-smi)': 'kein NVIDIA-Treiber antwortet (nvidia-smi)',
  'npm install --include=optional': 'npm install --include=optional',
  'npm run build': 'npm run build',
  'plain JavaScript, for tests: slow': 'reines JavaScript, für Tests: langsam',
  'the Python package index': 'der Python-Paketindex',
  'the npm package {0} {1} by npm': 'das npm-Paket {0} {1} über npm',
  'the official archive of libtensorflow': 'das offizielle Archiv von libtensorflow',
  "the optional package 'webgpu' (Dawn) is not installed": "das optionale Paket 'webgpu' (Dawn) ist nicht installiert",
  'the wheel {0} {1} of your Python package index': 'das Wheel {0} {1} aus dem eingestellten Python-Paketindex',
  'there is no npm': 'es gibt kein npm',
  'training on the new device': 'Training auf dem neuen Gerät',
  '{0} MB of it, from where the next one goes on.': '{0} MB davon sind da; das nächste Mal geht es dort weiter.',
  '{0} MB of it, from where the next try goes on.': '{0} MB davon sind da; der nächste Versuch macht dort weiter.',
  '{0} came damaged: its checksum is not the published one.':
    '{0} kam beschädigt an: Die Prüfsumme ist nicht die veröffentlichte.',
  '{0} cannot be unpacked: {1}': '{0} lässt sich nicht entpacken: {1}',
  '{0} could not be fetched: {1}': '{0} ließ sich nicht laden: {1}',
  '{0} could not be fetched: {1}.': '{0} ließ sich nicht laden: {1}.',
  "{0} holds '{1}', which this model does not have.": "{0} enthält '{1}', das es in diesem Modell nicht gibt.",
  "{0}'s binding for TensorFlow {1}": 'die Anbindung von {0} für TensorFlow {1}',
  '{0}, all cores, own kernels': '{0}, alle Kerne, eigene Kernel',
  '{0}: {1} more do not fit: {2} are in use': '{0}: {1} mehr passen nicht hinein: {2} sind belegt',
  '{0}: {1} more do not fit: {2} are in use, {3} are allowed':
    '{0}: {1} mehr passen nicht hinein: {2} sind belegt, {3} sind erlaubt',
  '{0}; the software to compute on it is not set up': '{0}; die Software, um darauf zu rechnen, ist nicht eingerichtet',
};
