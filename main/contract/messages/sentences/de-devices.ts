import type { Catalogue } from '../language.ts';

/** What devices and their setup report, by its English: see main/contract/message.ts. */
export const deDevices: Catalogue = {
  'the NVIDIA driver reports no GPU (nvidia-smi: {0})': 'der NVIDIA-Treiber nennt keine GPU (nvidia-smi: {0})',
  'The NVIDIA driver reports no GPU (nvidia-smi: {0}). If the driver was updated, restart the computer.':
    'Der NVIDIA-Treiber nennt keine GPU (nvidia-smi: {0}). Nach einer Aktualisierung des Treibers den Rechner neu starten.',
  '{0} is too old for this TensorFlow: its compute capability is {1}; 6.0 is required.':
    '{0} ist zu alt für dieses TensorFlow: Die Compute Capability ist {1}, nötig ist 6.0.',
  '{0} is newer than this TensorFlow: on first start the driver compiles kernels for it, which can take half an hour once.':
    '{0} ist neuer als dieses TensorFlow: Beim ersten Start übersetzt der Treiber die Kernels dafür, was einmal eine halbe Stunde dauern kann.',
  'Driver library {0} not found.': 'Die Bibliothek {0} des Treibers fehlt.',
  'In a container, enable the GPU with NVIDIA_DRIVER_CAPABILITIES=compute,utility. Otherwise install the full driver (Debian: libcuda1; Ubuntu: libnvidia-compute of the same version).':
    'In einem Container: ihn mit der GPU und NVIDIA_DRIVER_CAPABILITIES=compute,utility starten. Sonst den ganzen Treiber installieren (Debian: libcuda1; Ubuntu: libnvidia-compute derselben Version).',
  'TensorFlow cannot use {0}: the driver library {1} was not found.':
    'TensorFlow sieht {0} nicht: Die Bibliothek {1} des Treibers fehlt.',
  'TensorFlow cannot use {0}: {1} failed to load.': 'TensorFlow sieht {0} nicht: {1} lässt sich nicht laden.',
  'If the driver was updated, restart the computer. Another program may have exclusive use of the GPU (nvidia-smi shows its compute mode).':
    'Nach einer Aktualisierung des Treibers den Rechner neu starten. Vielleicht hat ein anderes Programm die GPU für sich allein (nvidia-smi zeigt den Compute-Modus).',
  'TensorFlow cannot use {0}: its driver failed to initialise CUDA.':
    'TensorFlow sieht {0} nicht: Der Treiber startet nicht zum Rechnen.',
  "'{0}' computes incorrect results: its losses are {1}, those of CPU, compatible (WebAssembly) {2}.":
    "'{0}' rechnet falsch: Seine Verluste sind {1}, die von CPU, kompatibel (WebAssembly) {2}.",
  "'{0}' of {1} does not have the shape [{2}].": "'{0}' in {1} hat nicht die Form [{2}].",
  "'{0}' in {1} has shape [{2}], but the model expects [{3}].":
    "'{0}' in {1} hat die Form [{2}], das Modell braucht aber [{3}].",
  'A GPU is used once it wins a benchmark with the trained configuration; the first training run benchmarks it.':
    'Eine GPU wird genommen, sobald sie bei einer Messung mit der trainierten Konfiguration am schnellsten ist: Das erste Training misst.',
  "A sequence of {0} tokens exceeds this model's context of {1}.":
    'Eine Sequenz von {0} Token ist länger als der Kontext dieses Modells von {1}.',
  'A tensor of {0} MiB exceeds the limit of GPU {1}, {2} MiB.':
    'Ein Tensor von {0} MiB wird gebraucht, die GPU {1} erlaubt aber nur {2} MiB.',
  "A text of {0} tokens exceeds this model's context of {1}.":
    'Ein Text von {0} Token ist länger als der Kontext dieses Modells von {1}.',
  'All libraries of CUDA 12 and cuDNN 9 are installed.': 'Alle Bibliotheken von CUDA 12 und cuDNN 9 sind installiert.',
  'Another compiler (CXX=clang++) or another libtensorflow may work.':
    'Ein anderer Compiler (CXX=clang++) oder ein anderes libtensorflow funktioniert vielleicht.',
  'A new configuration is benchmarked when it is first trained.':
    'Eine andere Konfiguration wird gemessen, wenn sie zum ersten Mal trainiert wird.',
  'Check the connection and run the setup again, or download the file by other means and use the local copy.':
    'Die Verbindung prüfen und die Einrichtung wiederholen, oder die Datei auf anderem Weg herunterladen und die lokale Kopie verwenden.',
  'Check the connection, or use a local folder, wheel or archive with libtensorflow.':
    'Die Verbindung prüfen oder einen lokalen Ordner, ein Wheel oder ein Archiv mit libtensorflow verwenden.',
  'Select a part of it, or use a model with a longer context.':
    'Einen Teil davon wählen oder ein Modell mit längerem Kontext verwenden.',
  'Dawn failed to start: {0}': 'Dawn startet hier nicht: {0}',
  'Download it again, or choose another one.': 'Die Datei noch einmal laden oder eine andere angeben.',
  'Free some disk space, or set the environment variable HYENA_DEVICES to a folder on another disk.':
    'Platz schaffen oder die Umgebungsvariable HYENA_DEVICES auf einen Ordner eines anderen Datenträgers setzen.',
  'GPU {0}: {1}': 'GPU {0}: {1}',
  'Resume from the last checkpoint; if this happens again, use another device.':
    'Von der letzten Sicherung aus fortsetzen; geschieht es wieder, ein anderes Gerät verwenden.',
  "HYENA_MEMORY_LIMIT_MIB must be a positive number; got '{0}'.":
    "HYENA_MEMORY_LIMIT_MIB muss eine positive Zahl sein, ist aber '{0}'.",
  'Install CUDA 12 and cuDNN 9 with your system package manager, then run the setup again.':
    'CUDA 12 und cuDNN 9 über die Paketverwaltung des Systems installieren, dann die Einrichtung wiederholen.',
  'Install a C++20 compiler (Debian or Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM), then build the kernels.':
    'Einen C++20-Compiler installieren (Debian oder Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM), dann die Kernels bauen.',
  'Install a current GPU driver.': 'Einen aktuellen Treiber der GPU installieren.',
  'Install one (Debian or Ubuntu: apt install g++; macOS: xcode-select --install), then run the setup again.':
    'Einen installieren (Debian oder Ubuntu: apt install g++; macOS: xcode-select --install), dann die Einrichtung wiederholen.',
  'Install pip (Debian or Ubuntu: apt install python3-pip), set PIP_INDEX_URL, or use a local copy of libtensorflow.':
    'pip installieren (Debian oder Ubuntu: apt install python3-pip), PIP_INDEX_URL setzen oder eine lokale Kopie von libtensorflow verwenden.',
  'Install tar, then run the setup again.': 'tar installieren, dann die Einrichtung wiederholen.',
  "Install the GPU's Vulkan driver and the Vulkan loader (Debian or Ubuntu: apt install libvulkan1, with mesa-vulkan-drivers for Intel and AMD, or NVIDIA's driver).":
    'Den Vulkan-Treiber der GPU und den Vulkan-Loader installieren (Debian oder Ubuntu: apt install libvulkan1, dazu mesa-vulkan-drivers für Intel und AMD oder den Treiber von NVIDIA).',
  'WebAssembly is limited to 4 GiB. Use a smaller batch, a shorter sequence, gradient checkpointing, or the CPU (native) device.':
    'WebAssembly fasst höchstens 4 GiB. Einen kleineren Batch, eine kürzere Sequenz, die Neuberechnung (gradient_checkpointing) oder das Gerät CPU (nativ) verwenden.',
  'Unusable for this configuration: {0}': 'Dafür nicht verwendbar: {0}',
  'Timed out.': 'Es wurde nicht rechtzeitig fertig.',
  'Dawn is available only for Linux, macOS and Windows on x64 and arm64. Use another device.':
    'Es wird nur für Linux, macOS und Windows auf x64 und arm64 gebaut. Ein anderes Gerät verwenden.',
  'Fastest available device.': 'Es ist das schnellste Gerät hier.',
  'Fastest device for this configuration: a step takes {0} on {1} and timed out on {2}.':
    'Es ist das schnellste hier, gemessen mit dieser Konfiguration: Ein Schritt dauert {0} auf {1}; auf {2} wurde er nicht rechtzeitig fertig.',
  'Fastest device for this configuration: a step takes {0} on {1}, {2} on {3}.':
    'Es ist das schnellste hier, gemessen mit dieser Konfiguration: Ein Schritt dauert {0} auf {1}, {2} auf {3}.',
  'Only available device.': 'Es ist das einzige Gerät hier.',
  'The folder must contain {0} or {1}, {2} and include/tensorflow/c/c_api.h.':
    'Der Ordner muss {0} oder {1}, {2} und include/tensorflow/c/c_api.h enthalten.',
  'Selected by the user.': 'So wurde es verlangt.',
  'The damaged file was deleted; other downloads were kept.': 'Es wurde gelöscht; was sonst geladen wurde, bleibt.',
  'config.json and the weights do not match.': 'Die config.json und die Gewichte gehören nicht zusammen.',
  'The driver was reset or the GPU was removed. Resume from the last checkpoint; if this happens again, use another device.':
    'Ihr Treiber wurde zurückgesetzt, oder sie wurde entfernt. Von der letzten Sicherung aus fortsetzen; geschieht es wieder, ein anderes Gerät verwenden.',
  'The process exited early ({0}).': 'Sein Prozess endete vorzeitig ({0}).',
  'Libraries of CUDA are missing: {0}. Install them, or let them be downloaded.':
    'CUDA-Bibliotheken fehlen: {0}. Selbst installieren oder herunterladen lassen.',
  "NVIDIA's CUDA 12 and cuDNN 9 packages from your Python package index":
    'die Pakete von NVIDIA mit CUDA 12 und cuDNN 9 aus dem eingestellten Python-Paketindex',
  'Use a local folder, wheel or archive with libtensorflow.':
    'Einen lokalen Ordner, ein Wheel oder ein Archiv mit libtensorflow verwenden.',
  'No GPU can train this configuration.': 'Keine GPU trainiert diese Konfiguration.',
  'No NVIDIA driver found (nvidia-smi did not respond). Install the driver for your card, version 525 or newer, and restart the computer.':
    'Kein NVIDIA-Treiber antwortet (nvidia-smi): den Treiber der Karte installieren, Version 525 oder neuer, und den Rechner neu starten.',
  'No Python package index configured: pip is not installed.':
    'Hier ist kein Python-Paketindex bekannt: pip ist nicht installiert.',
  'No device is available.': 'Es ist kein Gerät verfügbar.',
  'Not available: {0}.': 'Nicht verfügbar: {0}.',
  'Not installed: {0}.': 'Nicht installiert: {0}.',
  'Nothing was downloaded.': 'Es wurde nichts heruntergeladen.',
  'Nothing was set up.': 'Es wurde nichts eingerichtet.',
  'Process {0} on {1} has been setting up a device since {2}.': 'Prozess {0} auf {1} richtet seit {2} ein Gerät ein.',
  'Reinstall Hyena Studio: a file may be missing.': 'Das Programm neu installieren: Vielleicht fehlt eine Datei.',
  'Run the setup again.': 'Die Einrichtung wiederholen.',
  'Set PIP_INDEX_URL to an index that has it, or use a local wheel.':
    'PIP_INDEX_URL auf einen Index setzen, der es hat, oder ein lokales Wheel verwenden.',
  'Shorten the text, or train a model with a longer context (l_max).':
    'Den Text kürzen oder ein Modell mit längerem Kontext (l_max) trainieren.',
  'Start again from a shorter text, or use a model with a longer context.':
    'Mit einem kürzeren Text neu beginnen oder ein Modell mit längerem Kontext verwenden.',
  'TensorFlow supports NVIDIA GPUs only on Linux. On Windows, use WSL 2 (Ubuntu).':
    'TensorFlow rechnet auf NVIDIA-GPUs nur unter Linux: unter Windows dafür WSL 2 (Ubuntu) verwenden.',
  'TensorFlow on the CPU is not set up; CPU (native) is faster':
    'TensorFlow für die CPU ist nicht eingerichtet; CPU (nativ) ist schneller',
  'Cannot load TensorFlow from {0}: {1}': 'TensorFlow in {0} lässt sich nicht laden: {1}',
  'TensorFlow {0} on the CPU, {1}': 'TensorFlow {0} auf der CPU, {1}',
  'Cannot open GPU {0}: {1}': 'Die GPU {0} ließ sich nicht öffnen: {1}',
  'GPU {0} returned no result: {1}': 'Die GPU {0} lieferte kein Ergebnis: {1}',
  'GPU {0} is out of memory: {1} MiB in use by this process.':
    'Die GPU {0} hat keinen Speicher mehr: {1} MiB belegt dieser Prozess.',
  'GPU {0} rejected an operation: {1}': 'Die GPU {0} hat eine Operation abgelehnt: {1}',
  'GPU {0} was lost.': 'Die GPU {0} ging verloren.',
  'GPU {0} was lost: {1}.': 'Die GPU {0} ging verloren: {1}.',
  'NVIDIA driver {0} is too old: CUDA 12 requires {1} or newer. Update the driver.':
    'Der NVIDIA-Treiber hat die Version {0}; CUDA 12 braucht {1} oder neuer: den Treiber aktualisieren.',
  'The Python package index did not respond: {0}': 'Der Python-Paketindex antwortet nicht: {0}',
  "'{0}' not found in the Python package index ({1}).": "Der Python-Paketindex hat kein '{0}' ({1}).",
  '{0} {1} for this system was not found in the Python package index.':
    'Der Python-Paketindex hat kein {0} {1} für dieses System.',
  '{0} {1} not found in the Python package index.': 'Der Python-Paketindex hat kein {0} {1}.',
  'The WebAssembly backend did not start.': 'Das WebAssembly-Backend ist nicht gestartet.',
  'Compiling the binding failed: {0}': 'Die Anbindung lässt sich nicht kompilieren: {0}',
  'The data and the model must use the same tokenizer.': 'Daten und Modell müssen denselben Tokenizer verwenden.',
  "Cannot set up device '{0}'. {1}": "Das Gerät '{0}' lässt sich hier nicht einrichten. {1}",
  "Device '{0}' does not support {1} precision.": "Das Gerät '{0}' beherrscht die Genauigkeit {1} nicht.",
  "Device '{0}' is not available: {1}.": "Das Gerät '{0}' ist nicht verfügbar: {1}.",
  'GPU (WebGPU) supports convolutions of at most {0} positions, not {1}.':
    'GPU (WebGPU) faltet höchstens {0} Positionen, nicht {1}.',
  'The distilled filters in {0} have a different shape.': 'Die destillierten Filter in {0} haben eine andere Form.',
  'The download was cancelled.': 'Das Herunterladen wurde angehalten.',
  'The Node-API headers were not found.': 'Die Header von Node-API fehlen.',
  "The model's context of {0} tokens is full.": 'Der Kontext des Modells von {0} Token ist voll.',
  "The model's filters are not finite.": 'Die Filter des Modells sind nicht endlich.',
  'Cannot load the C++ kernels of the CPU (native) device: {0}':
    'Die C++-Kernels des Geräts CPU (nativ) lassen sich nicht laden: {0}',
  'The CPU (native) device does not support tensors of type {0}.':
    'Das Gerät CPU (nativ) unterstützt keine Tensoren vom Typ {0}.',
  'The C++ kernels of the CPU (native) device are not built.':
    'Die C++-Kernels des Geräts CPU (nativ) sind nicht gebaut.',
  'Package {0} is damaged: its checksum does not match the published one.':
    'Das Paket {0} kam beschädigt an: Seine Prüfsumme ist nicht die veröffentlichte.',
  'CPU, compatible (WebAssembly) cannot allocate {0} MiB more.':
    'CPU, kompatibel (WebAssembly) kann keine weiteren {0} MiB belegen.',
  "The self-test of '{0}' failed: {1}": "Der Selbsttest von '{0}' ist gescheitert: {1}",
  'The server refused {0}: {1}.': 'Der Server hat {0} verweigert: {1}.',
  'The setup was cancelled.': 'Die Einrichtung wurde angehalten.',
  'No C++ compiler found; the binding is built from source.':
    'Hier gibt es keinen C++-Compiler, und die Anbindung wird aus ihren Quellen gebaut.',
  'GPU {0} not found.': 'Es gibt keine GPU mit der Nummer {0}.',
  'No GPU available: {0}.': 'Es gibt keine GPU: {0}.',
  'NVIDIA GPU {0} not found.': 'Es gibt keine NVIDIA-GPU mit der Nummer {0}.',
  "Unknown device: '{0}'.": "Es gibt kein Gerät namens '{0}'.",
  'libtensorflow not found in {0}.': 'In {0} gibt es keine libtensorflow.',
  'The program tar was not found.': 'Es gibt kein Programm tar zum Entpacken.',
  'Nothing found at {0}.': 'Unter {0} liegt nichts.',
  'This is a software adapter running on the CPU: for tests only, and slow.':
    'Ein Software-Adapter, der auf der CPU läuft: nur für Tests, und langsam.',
  'This is a bug in Hyena Studio or in the driver. Update the driver, or use another device.':
    'Das ist ein Fehler des Programms oder des Treibers. Den Treiber aktualisieren oder ein anderes Gerät verwenden.',
  'Cannot determine which CUDA libraries this libtensorflow needs.':
    'Diese libtensorflow sagt nicht, welche CUDA-Bibliotheken sie braucht.',
  'About {0} or more of {1} required, {2} available.': 'Dafür sind rund {0} {1} oder mehr nötig, vorhanden sind {2}.',
  'This process already uses the TensorFlow in {0}.': 'Dieser Prozess rechnet schon mit dem TensorFlow aus {0}.',
  'The setup needs {0} of disk space, but {1} has {2} free.':
    'Dafür sind {0} auf dem Datenträger nötig; in {1} sind {2} frei.',
  "Token {0} is outside the model's vocabulary of {1} tokens.":
    'Das Token {0} liegt außerhalb des Vokabulars dieses Modells von {1} Token.',
  'Use a smaller batch (with gradient accumulation for the same result), a shorter sequence length, gradient checkpointing, or another device.':
    'Einen kleineren Batch (mit Gradientenakkumulation für dasselbe Ergebnis), eine kürzere Sequenzlänge, die Neuberechnung (gradient_checkpointing) oder ein anderes Gerät versuchen.',
  'Try again. If this happens again, something on the network is modifying downloads.':
    'Noch einmal versuchen; geschieht es wieder, verändert etwas zwischen hier und dem Server die Dateien.',
  'Update its driver, or use another device.': 'Ihren Treiber aktualisieren oder ein anderes Gerät verwenden.',
  'Use a shorter sequence, or another device.': 'Eine kürzere Sequenz oder ein anderes Gerät verwenden.',
  'Use a smaller batch, a shorter sequence or gradient checkpointing.':
    'Einen kleineren Batch, eine kürzere Sequenz oder Gradient Checkpointing verwenden.',
  'Use auto, or one of: {0}.': 'Möglich sind auto und: {0}.',
  'Use only one of the two at a time.': 'Immer nur eines der beiden verwenden.',
  'Use {0}, or another device.': '{0} oder ein anderes Gerät verwenden.',
  'WebAssembly on one CPU core': 'WebAssembly auf einem CPU-Kern',
  'Downloaded and built files were kept; the device was not enabled.':
    'Was schon geladen und gebaut ist, bleibt; das Gerät wurde nicht verfügbar gemacht.',
  'Earlier downloads were kept.': 'Was vorher geladen wurde, bleibt.',
  'The damaged download was deleted; nothing else was changed.':
    'Das Geladene wurde gelöscht; sonst wurde nichts geändert.',
  'Downloaded files were kept.': 'Was schon geladen ist, bleibt.',
  'Downloaded files were kept; the next setup will resume.':
    'Was schon geladen ist, bleibt; das nächste Mal geht es dort weiter.',
  'If this computer has an NVIDIA GPU, install its driver, then set up CUDA.':
    'Wenn dieser Rechner eine NVIDIA-GPU hat, deren Treiber installieren, dann CUDA einrichten.',
  'the C++ kernels are not built': 'seine C++-Kernel sind nicht gebaut',
  'device|memory': 'Speicher',
  'device|memory of {0}': 'Speicher auf {0}',
  'no GPU found via Vulkan, Metal or Direct3D 12':
    'es wurde keine GPU gefunden, die über Vulkan, Metal oder Direct3D 12 ansprechbar ist',
  'no NVIDIA driver found (nvidia-smi did not respond)': 'kein NVIDIA-Treiber antwortet (nvidia-smi)',
  'plain JavaScript, for tests only (slow)': 'reines JavaScript, für Tests: langsam',
  'the Python package index': 'der Python-Paketindex',
  'the npm package {0} {1}': 'das npm-Paket {0} {1} über npm',
  'the official archive of libtensorflow': 'das offizielle Archiv von libtensorflow',
  "the optional package 'webgpu' (Dawn) is not installed": "das optionale Paket 'webgpu' (Dawn) ist nicht installiert",
  'the wheel {0} {1} from your Python package index': 'das Wheel {0} {1} aus dem eingestellten Python-Paketindex',
  'npm not found': 'es gibt kein npm',
  'training on the new device': 'Training auf dem neuen Gerät',
  '{0} MB were kept; the next download will resume from there.':
    '{0} MB davon sind da; das nächste Mal geht es dort weiter.',
  '{0} MB were kept; the next attempt will resume from there.':
    '{0} MB davon sind da; der nächste Versuch macht dort weiter.',
  '{0} is damaged: its checksum does not match the published one.':
    '{0} kam beschädigt an: Die Prüfsumme ist nicht die veröffentlichte.',
  'Cannot unpack {0}: {1}': '{0} lässt sich nicht entpacken: {1}',
  'Cannot download {0}: {1}': '{0} ließ sich nicht laden: {1}',
  'Cannot download {0}: {1}.': '{0} ließ sich nicht laden: {1}.',
  "{0} contains '{1}', which this model does not have.": "{0} enthält '{1}', das es in diesem Modell nicht gibt.",
  'the {0} binding for TensorFlow {1}': 'die Anbindung von {0} für TensorFlow {1}',
  '{0}, all cores, C++ kernels': '{0}, alle Kerne, C++-Kernel',
  '{0}: cannot allocate {1} more; {2} in use': '{0}: {1} mehr lassen sich nicht belegen; {2} sind belegt',
  '{0}: cannot allocate {1} more; {2} in use, limit {3}':
    '{0}: {1} mehr lassen sich nicht belegen; {2} sind belegt, Grenze {3}',
  '{0}; CUDA support is not set up': '{0}; die CUDA-Unterstützung ist nicht eingerichtet',
  'Run the setup again to resume.': 'Die Einrichtung wiederholen, um fortzufahren.',
  'Set up CUDA.': 'CUDA einrichten.',
  'Choose an available GPU.': 'Eine verfügbare GPU wählen.',
  'Set it up to compare speeds.': 'Zum Vergleich der Geschwindigkeit einrichten.',
  'Check that npm can reach its registry, or use a local .tgz of the package.':
    'Prüfen, ob npm seine Registry erreicht, oder ein lokales .tgz des Pakets verwenden.',
  'Then run the setup again.': 'Danach die Einrichtung wiederholen.',
  'No official archive for this system. Use a local folder with libtensorflow.':
    'Für dieses System gibt es kein offizielles Archiv. Einen lokalen Ordner mit libtensorflow verwenden.',
  "No libtensorflow wheel for '{0}' on this system ({1}, {2}). Use a local folder with libtensorflow.":
    "Für '{0}' gibt es auf diesem System ({1}, {2}) kein Wheel mit libtensorflow. Einen lokalen Ordner mit libtensorflow verwenden.",
  'Another libtensorflow may work. Other devices are unaffected.':
    'Ein anderes libtensorflow funktioniert vielleicht. Die anderen Geräte sind nicht betroffen.',
  'The GPU, its driver or this libtensorflow is faulty. Another libtensorflow may work.':
    'Die GPU, ihr Treiber oder dieses libtensorflow ist fehlerhaft. Ein anderes libtensorflow funktioniert vielleicht.',
  'Use a smaller batch, sequence length or model, or enable gradient checkpointing. The environment variable HYENA_MEMORY_LIMIT_MIB sets the limit.':
    'Einen kleineren Batch, eine kürzere Sequenz oder ein kleineres Modell verwenden oder gradient_checkpointing einschalten. Die Umgebungsvariable HYENA_MEMORY_LIMIT_MIB setzt die Grenze.',
  'Build the program again.': 'Das Programm neu bauen.',
  'Build the kernels again for this system.': 'Die Kernels für dieses System neu bauen.',
  'Remove the CUDA setup and set it up again with downloaded libraries.':
    'Die Einrichtung von CUDA entfernen und mit heruntergeladenen Bibliotheken wiederholen.',
  'Set it up again.': 'Erneut einrichten.',
  'Install the optional packages.': 'Die optionalen Pakete installieren.',
};
