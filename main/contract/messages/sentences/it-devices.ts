import type { Catalogue } from '../language.ts';

/** What devices and their setup report, by its English: see main/contract/message.ts. */
export const itDevices: Catalogue = {
  'the NVIDIA driver reports no GPU (nvidia-smi: {0})': 'il driver NVIDIA non dà nessuna GPU (nvidia-smi: {0})',
  'The NVIDIA driver reports no GPU (nvidia-smi: {0}). If the driver was updated, restart the computer.':
    'Il driver NVIDIA non dà nessuna GPU (nvidia-smi: {0}). Dopo un aggiornamento del driver riavviare il computer.',
  '{0} is too old for this TensorFlow: its compute capability is {1}; 6.0 is required.':
    '{0} è troppo vecchia per questo TensorFlow: la sua compute capability è {1}, e ne serve 6.0.',
  '{0} is newer than this TensorFlow: on first start the driver compiles kernels for it, which can take half an hour once.':
    '{0} è più nuova di questo TensorFlow: al primo avvio il driver compila i kernel per essa, il che può richiedere mezz’ora, una volta sola.',
  'Driver library {0} not found.': 'La libreria {0} del driver non si trova.',
  'In a container, enable the GPU with NVIDIA_DRIVER_CAPABILITIES=compute,utility. Otherwise install the full driver (Debian: libcuda1; Ubuntu: libnvidia-compute of the same version).':
    'In un container: avviarlo con la GPU e NVIDIA_DRIVER_CAPABILITIES=compute,utility. Altrimenti installare il driver intero (Debian: libcuda1; Ubuntu: libnvidia-compute della stessa versione).',
  'TensorFlow cannot use {0}: the driver library {1} was not found.':
    'TensorFlow non vede {0}: la libreria {1} del driver non si trova.',
  'TensorFlow cannot use {0}: {1} failed to load.': 'TensorFlow non vede {0}: {1} non si può caricare.',
  'If the driver was updated, restart the computer. Another program may have exclusive use of the GPU (nvidia-smi shows its compute mode).':
    'Dopo un aggiornamento del driver riavviare il computer. Forse un altro programma tiene la GPU per sé (nvidia-smi mostra la modalità di calcolo).',
  'TensorFlow cannot use {0}: its driver failed to initialise CUDA.':
    'TensorFlow non vede {0}: il suo driver non si avvia per il calcolo.',
  "'{0}' computes incorrect results: its losses are {1}, those of CPU, compatible (WebAssembly) {2}.":
    "'{0}' calcola in modo errato: le sue perdite sono {1}, quelle di CPU, compatibile (WebAssembly) {2}.",
  "'{0}' of {1} does not have the shape [{2}].": "'{0}' di {1} non ha la forma [{2}].",
  "'{0}' in {1} has shape [{2}], but the model expects [{3}].":
    "'{0}' di {1} ha la forma [{2}], ma al modello serve [{3}].",
  'A GPU is used once it wins a benchmark with the trained configuration; the first training run benchmarks it.':
    'Una GPU viene presa quando vince una misura con la configurazione che si addestra: misura il primo training.',
  "A sequence of {0} tokens exceeds this model's context of {1}.":
    'Una sequenza di {0} token è più lunga del contesto di questo modello, che è di {1}.',
  'A tensor of {0} MiB exceeds the limit of GPU {1}, {2} MiB.':
    'Serve un tensore di {0} MiB, ma la GPU {1} ne permette {2} MiB.',
  "A text of {0} tokens exceeds this model's context of {1}.":
    'Un testo di {0} token è più lungo del contesto di questo modello, che è di {1}.',
  'All libraries of CUDA 12 and cuDNN 9 are installed.': 'Tutte le librerie di CUDA 12 e cuDNN 9 sono installate.',
  'Another compiler (CXX=clang++) or another libtensorflow may work.':
    'Forse funziona un altro compilatore (CXX=clang++) o un altro libtensorflow.',
  'A new configuration is benchmarked when it is first trained.':
    "Un'altra configurazione viene misurata quando la si addestra per la prima volta.",
  'Check the connection and run the setup again, or download the file by other means and use the local copy.':
    "Controlla la connessione e ripeti l'installazione, o scarica il file in altro modo e usa la copia locale.",
  'Check the connection, or use a local folder, wheel or archive with libtensorflow.':
    'Controlla la connessione, o usa una cartella, un wheel o un archivio locale con libtensorflow.',
  'Select a part of it, or use a model with a longer context.':
    'Scegline una parte, o usa un modello con un contesto più lungo.',
  'Dawn failed to start: {0}': 'Dawn non si avvia qui: {0}',
  'Download it again, or choose another one.': 'Scaricalo di nuovo, o indicane un altro.',
  'Free some disk space, or set the environment variable HYENA_DEVICES to a folder on another disk.':
    "Libera spazio, o imposta la variabile d'ambiente HYENA_DEVICES su una cartella di un altro disco.",
  'GPU {0}: {1}': 'GPU {0}: {1}',
  'Resume from the last checkpoint; if this happens again, use another device.':
    "Continua dall'ultimo checkpoint; se succede ancora, usa un altro dispositivo.",
  "HYENA_MEMORY_LIMIT_MIB must be a positive number; got '{0}'.":
    "HYENA_MEMORY_LIMIT_MIB deve essere un numero positivo, ma è '{0}'.",
  'Install CUDA 12 and cuDNN 9 with your system package manager, then run the setup again.':
    "Installa CUDA 12 e cuDNN 9 con il gestore di pacchetti del sistema, poi ripeti l'installazione.",
  'Install a C++20 compiler (Debian or Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM), then build the kernels.':
    'Installa un compilatore C++20 (Debian o Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM), poi compila i kernel.',
  'Install a current GPU driver.': 'Installa un driver aggiornato della GPU.',
  'Install one (Debian or Ubuntu: apt install g++; macOS: xcode-select --install), then run the setup again.':
    "Installane uno (Debian o Ubuntu: apt install g++; macOS: xcode-select --install), poi ripeti l'installazione.",
  'Install pip (Debian or Ubuntu: apt install python3-pip), set PIP_INDEX_URL, or use a local copy of libtensorflow.':
    'Installa pip (Debian o Ubuntu: apt install python3-pip), imposta PIP_INDEX_URL, o usa una copia locale di libtensorflow.',
  'Install tar, then run the setup again.': "Installa tar, poi ripeti l'installazione.",
  "Install the GPU's Vulkan driver and the Vulkan loader (Debian or Ubuntu: apt install libvulkan1, with mesa-vulkan-drivers for Intel and AMD, or NVIDIA's driver).":
    'Installa il driver Vulkan della GPU e il loader di Vulkan (Debian o Ubuntu: apt install libvulkan1, con mesa-vulkan-drivers per Intel e AMD, o il driver NVIDIA).',
  'WebAssembly is limited to 4 GiB. Use a smaller batch, a shorter sequence, gradient checkpointing, or the CPU (native) device.':
    'WebAssembly è limitato a 4 GiB. Usa un batch più piccolo o una sequenza più corta, attiva il ricalcolo, o scegli il dispositivo CPU (nativa).',
  'Unusable for this configuration: {0}': 'Non si può usare per questo: {0}',
  'Timed out.': 'Non è finito in tempo.',
  'Dawn is available only for Linux, macOS and Windows on x64 and arm64. Use another device.':
    'Esiste solo per Linux, macOS e Windows su x64 e arm64. Usa un altro dispositivo.',
  'Fastest available device.': 'È il dispositivo più veloce di questo computer.',
  'Fastest device for this configuration: a step takes {0} on {1} and timed out on {2}.':
    'È il più veloce qui, misurato con questa configurazione: un passo richiede {0} su {1}, e su {2} non è finito in tempo.',
  'Fastest device for this configuration: a step takes {0} on {1}, {2} on {3}.':
    'È il più veloce qui, misurato con questa configurazione: un passo richiede {0} su {1}, {2} su {3}.',
  'Only available device.': "È l'unico dispositivo di questo computer.",
  'The folder must contain {0} or {1}, {2} and include/tensorflow/c/c_api.h.':
    'Deve contenere {0} o {1}, {2} e include/tensorflow/c/c_api.h.',
  'Selected by the user.': 'È quello richiesto.',
  'The damaged file was deleted; other downloads were kept.':
    'È stato eliminato; il resto di ciò che è stato scaricato resta.',
  'config.json and the weights do not match.': 'Il suo config.json e i suoi pesi non vanno insieme.',
  'The driver was reset or the GPU was removed. Resume from the last checkpoint; if this happens again, use another device.':
    "Il suo driver è stato reimpostato, o la GPU è stata rimossa. Continua dall'ultimo checkpoint; se succede ancora, usa un altro dispositivo.",
  'The process exited early ({0}).': 'Il suo processo è finito prima del tempo ({0}).',
  'Libraries of CUDA are missing: {0}. Install them, or let them be downloaded.':
    'Mancano librerie di CUDA: {0}. Installale, o lascia che vengano scaricate.',
  "NVIDIA's CUDA 12 and cuDNN 9 packages from your Python package index":
    'i pacchetti NVIDIA di CUDA 12 e cuDNN 9 del tuo indice di pacchetti Python',
  'Use a local folder, wheel or archive with libtensorflow.':
    'Usa una cartella, un wheel o un archivio locale con libtensorflow.',
  'No GPU can train this configuration.': 'Nessuna GPU addestra questa configurazione.',
  'No NVIDIA driver found (nvidia-smi did not respond). Install the driver for your card, version 525 or newer, and restart the computer.':
    'Nessun driver NVIDIA risponde (nvidia-smi): installa il driver della tua scheda, versione 525 o successiva, e riavvia il computer.',
  'No Python package index configured: pip is not installed.':
    'Qui non è noto nessun indice di pacchetti Python: pip non è installato.',
  'No device is available.': 'Nessun dispositivo è disponibile.',
  'Not available: {0}.': 'Non disponibile: {0}.',
  'Not installed: {0}.': 'Non installate: {0}.',
  'Nothing was downloaded.': 'Nulla è stato scaricato.',
  'Nothing was set up.': 'Nulla è stato installato.',
  'Process {0} on {1} has been setting up a device since {2}.':
    'Il processo {0} su {1} sta configurando un dispositivo dal {2}.',
  'Reinstall Hyena Studio: a file may be missing.': 'Reinstalla il programma: forse manca uno dei suoi file.',
  'Run the setup again.': "Ripeti l'installazione.",
  'Set PIP_INDEX_URL to an index that has it, or use a local wheel.':
    'Imposta PIP_INDEX_URL su un indice che lo abbia, o usa un wheel locale.',
  'Shorten the text, or train a model with a longer context (l_max).':
    'Accorcia il testo, o addestra un modello con un contesto più lungo (l_max).',
  'Start again from a shorter text, or use a model with a longer context.':
    'Ricomincia da un testo più breve, o usa un modello con un contesto più lungo.',
  'TensorFlow supports NVIDIA GPUs only on Linux. On Windows, use WSL 2 (Ubuntu).':
    'TensorFlow calcola sulle GPU NVIDIA solo con Linux: su Windows, usa WSL 2 (Ubuntu) per questo.',
  'TensorFlow on the CPU is not set up; CPU (native) is faster':
    'TensorFlow per la CPU non è installato; CPU (nativa) è più veloce',
  'Cannot load TensorFlow from {0}: {1}': 'TensorFlow in {0} non si può caricare: {1}',
  'TensorFlow {0} on the CPU, {1}': 'TensorFlow {0} sulla CPU, {1}',
  'Cannot open GPU {0}: {1}': 'Non è stato possibile aprire la GPU {0}: {1}',
  'GPU {0} returned no result: {1}': 'La GPU {0} non ha dato risultati: {1}',
  'GPU {0} is out of memory: {1} MiB in use by this process.':
    'La GPU {0} ha esaurito la memoria: questo processo usa {1} MiB.',
  'GPU {0} rejected an operation: {1}': "La GPU {0} ha rifiutato un'operazione: {1}",
  'GPU {0} was lost.': 'La GPU {0} è andata persa.',
  'GPU {0} was lost: {1}.': 'La GPU {0} è andata persa: {1}.',
  'NVIDIA driver {0} is too old: CUDA 12 requires {1} or newer. Update the driver.':
    'Il driver NVIDIA è {0}; CUDA 12 richiede {1} o successivo: aggiorna il driver.',
  'The Python package index did not respond: {0}': "L'indice dei pacchetti Python non risponde: {0}",
  "'{0}' not found in the Python package index ({1}).": "L'indice dei pacchetti Python non ha '{0}' ({1}).",
  '{0} {1} for this system was not found in the Python package index.':
    "L'indice dei pacchetti Python non ha {0} {1} per questo sistema.",
  '{0} {1} not found in the Python package index.': "L'indice dei pacchetti Python non ha {0} {1}.",
  'The WebAssembly backend did not start.': 'Il motore WebAssembly non si è avviato.',
  'Compiling the binding failed: {0}': 'Il modulo di collegamento non si compila: {0}',
  'The data and the model must use the same tokenizer.': 'I dati e il modello devono usare lo stesso tokenizer.',
  "Cannot set up device '{0}'. {1}": "Il dispositivo '{0}' non si può installare qui. {1}",
  "Device '{0}' does not support {1} precision.": "Il dispositivo '{0}' non ha la precisione {1}.",
  "Device '{0}' is not available: {1}.": "Il dispositivo '{0}' non è disponibile: {1}.",
  'GPU (WebGPU) supports convolutions of at most {0} positions, not {1}.':
    'GPU (WebGPU) calcola convoluzioni di al massimo {0} posizioni, non {1}.',
  'The distilled filters in {0} have a different shape.': "I filtri distillati in {0} hanno un'altra forma.",
  'The download was cancelled.': 'Il download è stato fermato.',
  'The Node-API headers were not found.': 'Mancano i file header di Node-API.',
  "The model's context of {0} tokens is full.": 'Il contesto del modello, di {0} token, è pieno.',
  "The model's filters are not finite.": 'I filtri del modello non sono finiti.',
  'Cannot load the C++ kernels of the CPU (native) device: {0}':
    'I kernel C++ del dispositivo CPU (nativa) non si possono caricare: {0}',
  'The CPU (native) device does not support tensors of type {0}.':
    'Il dispositivo CPU (nativa) non supporta tensori di tipo {0}.',
  'The C++ kernels of the CPU (native) device are not built.':
    'I kernel C++ del dispositivo CPU (nativa) non sono compilati.',
  'Package {0} is damaged: its checksum does not match the published one.':
    'Il pacchetto {0} è arrivato danneggiato: la sua somma di controllo non è quella pubblicata.',
  'CPU, compatible (WebAssembly) cannot allocate {0} MiB more.':
    'CPU, compatibile (WebAssembly) non può allocare altri {0} MiB.',
  "The self-test of '{0}' failed: {1}": "L'autotest di '{0}' è fallito: {1}",
  'The server refused {0}: {1}.': 'Il server ha rifiutato {0}: {1}.',
  'The setup was cancelled.': "L'installazione è stata fermata.",
  'No C++ compiler found; the binding is built from source.':
    "Qui non c'è un compilatore C++, e il modulo di collegamento si compila dai suoi sorgenti.",
  'GPU {0} not found.': "Non c'è una GPU con il numero {0}.",
  'No GPU available: {0}.': "Non c'è una GPU: {0}.",
  'NVIDIA GPU {0} not found.': "Non c'è una GPU NVIDIA con il numero {0}.",
  "Unknown device: '{0}'.": "Non c'è un dispositivo di nome '{0}'.",
  'libtensorflow not found in {0}.': "In {0} non c'è libtensorflow.",
  'The program tar was not found.': "Non c'è un programma tar con cui estrarre.",
  'Nothing found at {0}.': "Non c'è nulla in {0}.",
  'This is a software adapter running on the CPU: for tests only, and slow.':
    'È un adattatore software che gira sulla CPU: solo per i test, e lento.',
  'This is a bug in Hyena Studio or in the driver. Update the driver, or use another device.':
    'È un difetto del programma o del driver. Aggiorna il driver, o usa un altro dispositivo.',
  'Cannot determine which CUDA libraries this libtensorflow needs.':
    'Questa libtensorflow non dice di quali librerie di CUDA ha bisogno.',
  'About {0} or more of {1} required, {2} available.': 'Servono circa {0} di {1} o più; ne hai {2}.',
  'This process already uses the TensorFlow in {0}.': 'Questo processo calcola già con il TensorFlow di {0}.',
  'The setup needs {0} of disk space, but {1} has {2} free.': 'Questo occupa {0} di disco, e {1} ha {2} liberi.',
  "Token {0} is outside the model's vocabulary of {1} tokens.":
    'Il token {0} è fuori dal vocabolario del modello, che ha {1} token.',
  'Use a smaller batch (with gradient accumulation for the same result), a shorter sequence length, gradient checkpointing, or another device.':
    "Prova un batch più piccolo (con l'accumulo dei gradienti il risultato è lo stesso), una lunghezza di sequenza minore, il ricalcolo, o un altro dispositivo.",
  'Try again. If this happens again, something on the network is modifying downloads.':
    'Riprova; se succede ancora, qualcosa tra questo computer e il server modifica i file.',
  'Update its driver, or use another device.': 'Aggiorna il suo driver, o usa un altro dispositivo.',
  'Use a shorter sequence, or another device.': 'Usa una sequenza più corta, o un altro dispositivo.',
  'Use a smaller batch, a shorter sequence or gradient checkpointing.':
    'Usa un batch più piccolo, una sequenza più corta o il gradient checkpointing.',
  'Use auto, or one of: {0}.': 'Usa auto, o uno di questi: {0}.',
  'Use only one of the two at a time.': 'Usa uno dei due per volta.',
  'Use {0}, or another device.': 'Usa {0}, o un altro dispositivo.',
  'WebAssembly on one CPU core': 'WebAssembly su un core della CPU',
  'Downloaded and built files were kept; the device was not enabled.':
    'Ciò che è stato scaricato e compilato resta; il dispositivo non è stato attivato.',
  'Earlier downloads were kept.': 'Ciò che era stato scaricato prima resta.',
  'The damaged download was deleted; nothing else was changed.':
    "Ciò che è stato scaricato è stato eliminato; nient'altro è cambiato.",
  'Downloaded files were kept.': 'Ciò che è stato scaricato resta.',
  'Downloaded files were kept; the next setup will resume.':
    'Ciò che è stato scaricato resta; la prossima installazione riprende da lì.',
  'If this computer has an NVIDIA GPU, install its driver, then set up CUDA.':
    'Se questo computer ha una GPU NVIDIA, installa il suo driver, poi CUDA.',
  'the C++ kernels are not built': 'i suoi kernel in C++ non sono compilati',
  'device|memory': 'memoria',
  'device|memory of {0}': 'memoria di {0}',
  'no GPU found via Vulkan, Metal or Direct3D 12': 'non è stata trovata una GPU offerta da Vulkan, Metal o Direct3D 12',
  'no NVIDIA driver found (nvidia-smi did not respond)': 'nessun driver NVIDIA risponde (nvidia-smi)',
  'plain JavaScript, for tests only (slow)': 'JavaScript puro, per i test: lento',
  'the Python package index': "l'indice dei pacchetti Python",
  'the npm package {0} {1}': 'il pacchetto npm {0} {1}, con npm',
  'the official archive of libtensorflow': "l'archivio ufficiale di libtensorflow",
  "the optional package 'webgpu' (Dawn) is not installed": "il pacchetto opzionale 'webgpu' (Dawn) non è installato",
  'the wheel {0} {1} from your Python package index': 'il wheel {0} {1} del tuo indice di pacchetti Python',
  'npm not found': "npm non c'è",
  'training on the new device': 'addestramento sul nuovo dispositivo',
  '{0} MB were kept; the next download will resume from there.':
    'Ne restano {0} MB; il prossimo download riprende da lì.',
  '{0} MB were kept; the next attempt will resume from there.':
    'Ne restano {0} MB; il prossimo tentativo riprende da lì.',
  '{0} is damaged: its checksum does not match the published one.':
    '{0} è arrivato danneggiato: la sua somma di controllo non è quella pubblicata.',
  'Cannot unpack {0}: {1}': '{0} non si può estrarre: {1}',
  'Cannot download {0}: {1}': 'Non è stato possibile scaricare {0}: {1}',
  'Cannot download {0}: {1}.': 'Non è stato possibile scaricare {0}: {1}.',
  "{0} contains '{1}', which this model does not have.": "{0} contiene '{1}', che questo modello non ha.",
  'the {0} binding for TensorFlow {1}': 'il modulo di collegamento di {0} per TensorFlow {1}',
  '{0}, all cores, C++ kernels': '{0}, tutti i core, kernel C++',
  '{0}: cannot allocate {1} more; {2} in use': '{0}: impossibile allocare altri {1}; {2} in uso',
  '{0}: cannot allocate {1} more; {2} in use, limit {3}': '{0}: impossibile allocare altri {1}; {2} in uso, limite {3}',
  '{0}; CUDA support is not set up': '{0}; il supporto CUDA non è installato',
  'Run the setup again to resume.': "Ripeti l'installazione per continuare.",
  'Set up CUDA.': 'Installa CUDA.',
  'Choose an available GPU.': 'Scegli una GPU disponibile.',
  'Set it up to compare speeds.': 'Installalo per confrontare le velocità.',
  'Check that npm can reach its registry, or use a local .tgz of the package.':
    'Controlla che npm raggiunga il suo registro, o usa un .tgz locale del pacchetto.',
  'Then run the setup again.': "Poi ripeti l'installazione.",
  'No official archive for this system. Use a local folder with libtensorflow.':
    "Non c'è un archivio ufficiale per questo sistema. Usa una cartella locale con libtensorflow.",
  "No libtensorflow wheel for '{0}' on this system ({1}, {2}). Use a local folder with libtensorflow.":
    "Non c'è un wheel con libtensorflow per '{0}' su questo sistema ({1}, {2}). Usa una cartella locale con libtensorflow.",
  'Another libtensorflow may work. Other devices are unaffected.':
    'Forse funziona un altro libtensorflow. Gli altri dispositivi non sono interessati.',
  'The GPU, its driver or this libtensorflow is faulty. Another libtensorflow may work.':
    'La GPU, il suo driver o questo libtensorflow è difettoso. Forse funziona un altro libtensorflow.',
  'Use a smaller batch, sequence length or model, or enable gradient checkpointing. The environment variable HYENA_MEMORY_LIMIT_MIB sets the limit.':
    "Usa un batch, una lunghezza di sequenza o un modello più piccoli, o attiva il ricalcolo. La variabile d'ambiente HYENA_MEMORY_LIMIT_MIB fissa il limite.",
  'Build the program again.': 'Ricompila il programma.',
  'Build the kernels again for this system.': 'Ricompila i kernel per questo sistema.',
  'Remove the CUDA setup and set it up again with downloaded libraries.':
    "Rimuovi l'installazione di CUDA e ripetila con librerie scaricate.",
  'Set it up again.': 'Installalo di nuovo.',
  'Install the optional packages.': 'Installa i pacchetti opzionali.',
};
