import type { Catalogue } from '../told.ts';

/** What devices and their setup tell, by its English: see main/contract/told.ts. */
export const itDevices: Catalogue = {
  'the NVIDIA driver gives no GPU (nvidia-smi: {0})': 'il driver NVIDIA non dà nessuna GPU (nvidia-smi: {0})',
  'The NVIDIA driver gives no GPU (nvidia-smi: {0}). After an update of the driver, start the machine again.':
    'Il driver NVIDIA non dà nessuna GPU (nvidia-smi: {0}). Dopo un aggiornamento del driver riavviare il computer.',
  '{0} is too old for this TensorFlow: its compute capability is {1}, and 6.0 is needed.':
    '{0} è troppo vecchia per questo TensorFlow: la sua compute capability è {1}, e ne serve 6.0.',
  '{0} is newer than this TensorFlow: at its first start the driver compiles kernels for it, which can take half an hour, once.':
    '{0} è più nuova di questo TensorFlow: al primo avvio il driver compila i kernel per essa, il che può richiedere mezz’ora, una volta sola.',
  "The driver's library {0} is not found.": 'La libreria {0} del driver non si trova.',
  'In a container: start it with the GPU and NVIDIA_DRIVER_CAPABILITIES=compute,utility. Else install the whole driver (Debian: libcuda1; Ubuntu: libnvidia-compute of the same version).':
    'In un container: avviarlo con la GPU e NVIDIA_DRIVER_CAPABILITIES=compute,utility. Altrimenti installare il driver intero (Debian: libcuda1; Ubuntu: libnvidia-compute della stessa versione).',
  "TensorFlow does not see {0}: the driver's library {1} is not found.":
    'TensorFlow non vede {0}: la libreria {1} del driver non si trova.',
  'TensorFlow does not see {0}: {1} cannot be loaded.': 'TensorFlow non vede {0}: {1} non si può caricare.',
  'After an update of the driver, start the machine again. Another program may hold the GPU for itself (nvidia-smi shows its compute mode).':
    'Dopo un aggiornamento del driver riavviare il computer. Forse un altro programma tiene la GPU per sé (nvidia-smi mostra la modalità di calcolo).',
  'TensorFlow does not see {0}: its driver does not start for computing.':
    'TensorFlow non vede {0}: il suo driver non si avvia per il calcolo.',
  "'{0}' computes wrong: its losses are {1}, those of the portable device {2}.":
    "'{0}' calcola in modo errato: le sue perdite sono {1}, quelle del dispositivo portable {2}.",
  "'{0}' of {1} does not have the shape [{2}].": "'{0}' di {1} non ha la forma [{2}].",
  "'{0}' of {1} has the shape [{2}], but the model needs [{3}].":
    "'{0}' di {1} ha la forma [{2}], ma al modello serve [{3}].",
  'A GPU is taken once it wins a measurement with the configuration that is trained: the first training measures.':
    'Una GPU viene presa quando vince una misura con la configurazione che si addestra: misura il primo training.',
  "A sequence of {0} tokens is longer than this model's context of {1}.":
    'Una sequenza di {0} token è più lunga del contesto di questo modello, che è di {1}.',
  'A tensor of {0} MiB is needed, but the GPU {1} allows {2} MiB.':
    'Serve un tensore di {0} MiB, ma la GPU {1} ne permette {2} MiB.',
  "A text of {0} tokens is longer than this model's context of {1}.":
    'Un testo di {0} token è più lungo del contesto di questo modello, che è di {1}.',
  'All libraries of CUDA 12 and cuDNN 9 are installed.': 'Tutte le librerie di CUDA 12 e cuDNN 9 sono installate.',
  'Another compiler may take it (CXX=clang++), or another libtensorflow (--library PATH).':
    "Forse va con un altro compilatore (CXX=clang++), o con un'altra libtensorflow (--library PATH).",
  'Another configuration is measured when it is first trained.':
    "Un'altra configurazione viene misurata quando la si addestra per la prima volta.",
  'Another libtensorflow may have what is missing: --library PATH. The other devices work as before.':
    "Forse un'altra libtensorflow ha ciò che manca: --library PATH. Gli altri dispositivi funzionano come prima.",
  'Build it again for this system: node worker/native/build.mjs':
    'Compilalo di nuovo per questo sistema: node worker/native/build.mjs',
  'Check that npm reaches its registry, or name the package as a .tgz that you have: --binding FILE':
    'Controlla che npm raggiunga il suo registro, o indica il pacchetto come .tgz che hai già: --binding FILE',
  'Check the connection and run the same command again, or fetch the file by other means and name it.':
    'Controlla la connessione ed esegui di nuovo lo stesso comando, o procurati il file in altro modo e indicalo.',
  'Check the connection, or name a folder, a wheel or an archive that you have: --library PATH':
    'Controlla la connessione, o indica una cartella, un wheel o un archivio che hai già: --library PATH',
  'Choose a part of it, or give the model a longer context: hyena extend RUN --context N.':
    'Scegline una parte, o dai al modello un contesto più lungo: hyena extend RUN --context N.',
  'Choose a smaller batch, sequence length or model, or switch gradient checkpointing on; HYENA_MEMORY_LIMIT_MIB sets the limit.':
    'Scegli un batch, una lunghezza di sequenza o un modello più piccoli, o attiva il ricalcolo; HYENA_MEMORY_LIMIT_MIB fissa il limite.',
  'Dawn does not start here: {0}': 'Dawn non si avvia qui: {0}',
  'Fetch it again, or name another one.': 'Scaricalo di nuovo, o indicane un altro.',
  'Free some space, or set HYENA_DEVICES to a folder on another disk.':
    'Libera spazio, o imposta HYENA_DEVICES su una cartella di un altro disco.',
  'GPU {0}: {1}': 'GPU {0}: {1}',
  'Go on from the last checkpoint; if it happens again, use another device.':
    "Continua dall'ultimo salvataggio; se succede ancora, usa un altro dispositivo.",
  "HYENA_MEMORY_LIMIT_MIB must be a positive number, but is '{0}'.":
    "HYENA_MEMORY_LIMIT_MIB deve essere un numero positivo, ma è '{0}'.",
  'Install CUDA 12 and cuDNN 9 by your system, then: hyena setup cuda --cuda-libraries system':
    'Installa CUDA 12 e cuDNN 9 con il tuo sistema, poi: hyena setup cuda --cuda-libraries system',
  'Install a C++20 compiler (Debian or Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM), then: node worker/native/build.mjs':
    'Installa un compilatore C++20 (Debian o Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM), poi: node worker/native/build.mjs',
  'Install a current driver of the GPU.': 'Installa un driver aggiornato della GPU.',
  'Install one (Debian or Ubuntu: apt install g++; macOS: xcode-select --install), then run the same command again.':
    'Installane uno (Debian o Ubuntu: apt install g++; macOS: xcode-select --install), poi esegui di nuovo lo stesso comando.',
  'Install pip (Debian or Ubuntu: apt install python3-pip), set PIP_INDEX_URL, or name what you have: --library PATH':
    'Installa pip (Debian o Ubuntu: apt install python3-pip), imposta PIP_INDEX_URL, o indica ciò che hai già: --library PATH',
  'Install tar, then run the same command again.': 'Installa tar, poi esegui di nuovo lo stesso comando.',
  "Install the GPU's Vulkan driver and the Vulkan loader (Debian or Ubuntu: apt install libvulkan1, with mesa-vulkan-drivers for Intel and AMD, or NVIDIA's driver).":
    'Installa il driver Vulkan della GPU e il loader di Vulkan (Debian o Ubuntu: apt install libvulkan1, con mesa-vulkan-drivers per Intel e AMD, o il driver NVIDIA).',
  'Install the program again.': 'Installa di nuovo il programma.',
  'It can hold 4 GiB. Use a smaller batch, a shorter sequence or gradient checkpointing, or the native device.':
    'Può contenere 4 GiB. Usa un batch più piccolo o una sequenza più corta, attiva il ricalcolo, o scegli il dispositivo native.',
  'It cannot be used for this: {0}': 'Non si può usare per questo: {0}',
  'It did not end in its time.': 'Non è finito in tempo.',
  'It is built for Linux, macOS and Windows on x64 and arm64 alone. Use another device.':
    'Esiste solo per Linux, macOS e Windows su x64 e arm64. Usa un altro dispositivo.',
  'It is the fastest device here.': 'È il dispositivo più veloce di questo computer.',
  'It is the fastest here, measured with this configuration: a step takes {0} on {1}, and did not end in its time on {2}.':
    'È il più veloce qui, misurato con questa configurazione: un passo richiede {0} su {1}, e su {2} non è finito in tempo.',
  'It is the fastest here, measured with this configuration: a step takes {0} on {1}, {2} on {3}.':
    'È il più veloce qui, misurato con questa configurazione: un passo richiede {0} su {1}, {2} su {3}.',
  'It is the only device here.': "È l'unico dispositivo di questo computer.",
  'It must hold {0} or {1}, {2} and include/tensorflow/c/c_api.h.':
    'Deve contenere {0} o {1}, {2} e include/tensorflow/c/c_api.h.',
  'It was asked for.': 'È quello richiesto.',
  'It was deleted; what was fetched besides is kept.':
    'È stato eliminato; il resto di ciò che è stato scaricato resta.',
  'Its config.json and its weights do not belong together.': 'Il suo config.json e i suoi pesi non vanno insieme.',
  'Its driver was reset, or it was taken away. Go on from the last checkpoint; if it happens again, use another device.':
    "Il suo driver è stato reimpostato, o la GPU è stata rimossa. Continua dall'ultimo salvataggio; se succede ancora, usa un altro dispositivo.",
  'Its process ended early ({0}).': 'Il suo processo è finito prima del tempo ({0}).',
  'Let them be downloaded: hyena setup cuda --remove, then: hyena setup cuda --cuda-libraries download':
    'Lascia che vengano scaricate: hyena setup cuda --remove, poi: hyena setup cuda --cuda-libraries download',
  'Libraries of CUDA are missing: {0}. Install them, or let them be downloaded.':
    'Mancano librerie di CUDA: {0}. Installale, o lascia che vengano scaricate.',
  "NVIDIA's packages of CUDA 12 and cuDNN 9 of your Python package index":
    'i pacchetti NVIDIA di CUDA 12 e cuDNN 9 del tuo indice di pacchetti Python',
  'Name a folder, a wheel or an archive that you have: --library PATH':
    'Indica una cartella, un wheel o un archivio che hai già: --library PATH',
  'Name a folder, a wheel or an archive with libtensorflow: --library PATH':
    'Indica una cartella, un wheel o un archivio con libtensorflow: --library PATH',
  'No GPU trains this configuration.': 'Nessuna GPU addestra questa configurazione.',
  'No NVIDIA driver answers (nvidia-smi): install the driver of your card, version 525 or newer, and start the machine again.':
    'Nessun driver NVIDIA risponde (nvidia-smi): installa il driver della tua scheda, versione 525 o successiva, e riavvia il computer.',
  'No Python package index is known here: pip is not installed.':
    'Qui non è noto nessun indice di pacchetti Python: pip non è installato.',
  'No device is available.': 'Nessun dispositivo è disponibile.',
  'Not available: {0}.': 'Non disponibile: {0}.',
  'Not installed: {0}.': 'Non installate: {0}.',
  'Nothing was downloaded.': 'Nulla è stato scaricato.',
  'Nothing was set up.': 'Nulla è stato installato.',
  'Process {0} on {1} has been setting a device up since {2}.':
    'Il processo {0} su {1} sta configurando un dispositivo dal {2}.',
  'Reinstall the program: a file of it may be missing.': 'Reinstalla il programma: forse manca uno dei suoi file.',
  'Run the same command again.': 'Esegui di nuovo lo stesso comando.',
  'Set PIP_INDEX_URL to an index that has it, or name a wheel that you have: --library PATH':
    'Imposta PIP_INDEX_URL su un indice che lo contiene, o indica un wheel che hai già: --library PATH',
  'Set it up again: hyena setup {0}': 'Installalo di nuovo: hyena setup {0}',
  'Set it up: hyena setup cuda (hyena setup cuda --plan tells what that downloads)':
    'Installalo: hyena setup cuda (hyena setup cuda --plan dice che cosa viene scaricato)',
  'Shorten the text, or train a model with a longer context (l_max).':
    'Accorcia il testo, o addestra un modello con un contesto più lungo (l_max).',
  'Start again from a shorter text, or use a model with a longer context.':
    'Ricomincia da un testo più breve, o usa un modello con un contesto più lungo.',
  'TensorFlow computes on NVIDIA GPUs under Linux alone: on Windows, use WSL 2 (Ubuntu) for this.':
    'TensorFlow calcola sulle GPU NVIDIA solo con Linux: su Windows, usa WSL 2 (Ubuntu) per questo.',
  'TensorFlow for the processor is not set up; the native device is faster':
    'TensorFlow per il processore non è installato; il dispositivo native è più veloce',
  'TensorFlow in {0} cannot be loaded: {1}': 'TensorFlow in {0} non si può caricare: {1}',
  'TensorFlow {0} on the processor, {1}': 'TensorFlow {0} sul processore, {1}',
  'The GPU {0} could not be opened: {1}': 'Non è stato possibile aprire la GPU {0}: {1}',
  'The GPU {0} gave no result: {1}': 'La GPU {0} non ha dato risultati: {1}',
  'The GPU {0} has no memory left for this: {1} MiB are in use here.':
    'La GPU {0} non ha più memoria per questo: qui ne sono usati {1} MiB.',
  'The GPU {0} refused what it was given: {1}': 'La GPU {0} ha rifiutato ciò che le è stato dato: {1}',
  'The GPU {0} was lost.': 'La GPU {0} è andata persa.',
  'The GPU {0} was lost: {1}.': 'La GPU {0} è andata persa: {1}.',
  'The GPU, its driver or this libtensorflow is at fault: try another with --library PATH.':
    "Il problema è nella GPU, nel suo driver o in questa libtensorflow: provane un'altra con --library PATH.",
  'The NVIDIA driver is {0}; CUDA 12 needs {1} or newer: update the driver.':
    'Il driver NVIDIA è {0}; CUDA 12 richiede {1} o successivo: aggiorna il driver.',
  'The Python package index does not answer: {0}': "L'indice dei pacchetti Python non risponde: {0}",
  "The Python package index has no '{0}' ({1}).": "L'indice dei pacchetti Python non ha '{0}' ({1}).",
  'The Python package index has no {0} {1} for this system.':
    "L'indice dei pacchetti Python non ha {0} {1} per questo sistema.",
  'The Python package index has no {0} {1}.': "L'indice dei pacchetti Python non ha {0} {1}.",
  'The WebAssembly backend did not start.': 'Il motore WebAssembly non si è avviato.',
  'The binding does not compile: {0}': 'Il modulo di collegamento non si compila: {0}',
  'The data and the model must use the same tokenizer.': 'I dati e il modello devono usare lo stesso tokenizzatore.',
  "The device '{0}' cannot be set up here. {1}": "Il dispositivo '{0}' non si può installare qui. {1}",
  "The device '{0}' has no {1} precision.": "Il dispositivo '{0}' non ha la precisione {1}.",
  "The device '{0}' is not available: {1}.": "Il dispositivo '{0}' non è disponibile: {1}.",
  'The device webgpu convolves at most {0} positions, not {1}.':
    'Il dispositivo webgpu calcola convoluzioni di al massimo {0} posizioni, non {1}.',
  'The distilled filters in {0} are of another shape.': "I filtri distillati in {0} hanno un'altra forma.",
  'The download was stopped.': 'Il download è stato fermato.',
  'The headers of Node-API are missing.': 'Mancano i file header di Node-API.',
  "The model's context of {0} tokens is full.": 'Il contesto del modello, di {0} token, è pieno.',
  "The model's filters are not finite.": 'I filtri del modello non sono finiti.',
  'The native device cannot be loaded: {0}': 'Il dispositivo native non si può caricare: {0}',
  'The native device has no tensors of type {0}.': 'Il dispositivo native non ha tensori di tipo {0}.',
  'The native device is not built.': 'Il dispositivo native non è compilato.',
  'The package {0} came damaged: its checksum is not the published one.':
    'Il pacchetto {0} è arrivato danneggiato: la sua somma di controllo non è quella pubblicata.',
  'The portable device has no room for {0} MiB more.': 'Nel dispositivo portable non ci stanno altri {0} MiB.',
  "The self-test of '{0}' failed: {1}": "L'autotest di '{0}' è fallito: {1}",
  'The server refused {0}: {1}.': 'Il server ha rifiutato {0}: {1}.',
  'The setup was stopped.': "L'installazione è stata fermata.",
  'Then: hyena setup {0}': 'Poi: hyena setup {0}',
  'There is no C++ compiler here, and the binding is built from its sources.':
    "Qui non c'è un compilatore C++, e il modulo di collegamento si compila dai suoi sorgenti.",
  'There is no GPU with the number {0}.': "Non c'è una GPU con il numero {0}.",
  'There is no GPU: {0}.': "Non c'è una GPU: {0}.",
  'There is no NVIDIA GPU with the number {0}.': "Non c'è una GPU NVIDIA con il numero {0}.",
  "There is no device named '{0}'.": "Non c'è un dispositivo di nome '{0}'.",
  'There is no libtensorflow in {0}.': "In {0} non c'è libtensorflow.",
  'There is no official archive for this system: name a folder with libtensorflow by --library.':
    "Non c'è un archivio ufficiale per questo sistema: usa --library per indicare una cartella con libtensorflow.",
  'There is no program tar to unpack with.': "Non c'è un programma tar con cui estrarre.",
  "There is no wheel with libtensorflow for '{0}' on this system ({1}, {2}): name a folder that has it by --library.":
    "Non c’è un wheel con libtensorflow per '{0}' su questo sistema ({1}, {2}): indicare con --library una cartella che lo contiene.",
  'There is nothing at {0}.': "Non c'è nulla in {0}.",
  'This adapter computes on the processor: it is for tests, and slow.':
    'Questo adattatore calcola sul processore: è per i test, e lento.',
  'This is a defect of the program or the driver. Update the driver, or use another device.':
    'È un difetto del programma o del driver. Aggiorna il driver, o usa un altro dispositivo.',
  'This libtensorflow does not say which of CUDA’s libraries it needs.':
    'Questa libtensorflow non dice di quali librerie di CUDA ha bisogno.',
  'This needs about {0} of {1} or more, you have {2}.': 'Servono circa {0} di {1} o più; ne hai {2}.',
  'This process computes with the TensorFlow of {0} already.': 'Questo processo calcola già con il TensorFlow di {0}.',
  'This takes {0} of disk, and {1} has {2} free.': 'Questo occupa {0} di disco, e {1} ha {2} liberi.',
  'To compare with it: hyena setup tensorflow': 'Per fare un confronto: hyena setup tensorflow',
  "Token {0} is outside of the model's vocabulary of {1} tokens.":
    'Il token {0} è fuori dal vocabolario del modello, che ha {1} token.',
  'Try a smaller batch (with gradient accumulation for the same result), a shorter sequence length, gradient checkpointing, or another device.':
    "Prova un batch più piccolo (con l'accumulo dei gradienti il risultato è lo stesso), una lunghezza di sequenza minore, il ricalcolo, o un altro dispositivo.",
  'Try again; where it happens again, something between here and the server changes files.':
    'Riprova; se succede ancora, qualcosa tra questo computer e il server modifica i file.',
  'Update its driver, or use another device.': 'Aggiorna il suo driver, o usa un altro dispositivo.',
  'Use a shorter sequence, or another device.': 'Usa una sequenza più corta, o un altro dispositivo.',
  'Use a smaller batch, a shorter sequence or gradient checkpointing.':
    'Usa un batch più piccolo o una sequenza più corta, o attiva il ricalcolo.',
  'Use auto, or one of: {0}.': 'Usa auto, o uno di questi: {0}.',
  'Use one of the two at a time.': 'Usa uno dei due per volta.',
  'Use {0}, or another device.': 'Usa {0}, o un altro dispositivo.',
  'WebAssembly on one processor core': 'WebAssembly su un core del processore',
  'What was fetched and built; the device was not made available.':
    'Ciò che è stato scaricato e compilato resta; il dispositivo non è stato attivato.',
  'What was fetched before.': 'Ciò che era stato scaricato prima resta.',
  'What was fetched was deleted; nothing else was changed.':
    "Ciò che è stato scaricato è stato eliminato; nient'altro è cambiato.",
  'What was fetched.': 'Ciò che è stato scaricato resta.',
  'What was fetched; the next one goes on.':
    'Ciò che è stato scaricato resta; la prossima installazione riprende da lì.',
  'Where there is an NVIDIA GPU: install its driver, then: hyena setup cuda':
    "Se c'è una GPU NVIDIA: installa il suo driver, poi: hyena setup cuda",
  'hyena devices lists those that there are.': 'hyena devices elenca quelli che ci sono.',
  'its C++ kernels are not built': 'i suoi kernel in C++ non sono compilati',
  memory: 'memoria',
  'memory of {0}': 'memoria di {0}',
  'no GPU that Vulkan, Metal or Direct3D 12 offers was found':
    'non è stata trovata una GPU offerta da Vulkan, Metal o Direct3D 12',
  'no NVIDIA driver answers (nvidia-smi)': 'nessun driver NVIDIA risponde (nvidia-smi)',
  'npm install --include=optional': 'npm install --include=optional',
  'npm run build': 'npm run build',
  'plain JavaScript, for tests: slow': 'JavaScript puro, per i test: lento',
  'the Python package index': "l'indice dei pacchetti Python",
  'the npm package {0} {1} by npm': 'il pacchetto npm {0} {1}, con npm',
  'the official archive of libtensorflow': "l'archivio ufficiale di libtensorflow",
  "the optional package 'webgpu' (Dawn) is not installed": "il pacchetto opzionale 'webgpu' (Dawn) non è installato",
  'the wheel {0} {1} of your Python package index': 'il wheel {0} {1} del tuo indice di pacchetti Python',
  'there is no npm': "npm non c'è",
  'training on the new device': 'addestramento sul nuovo dispositivo',
  '{0} MB of it, from where the next one goes on.': 'Ne restano {0} MB; il prossimo download riprende da lì.',
  '{0} MB of it, from where the next try goes on.': 'Ne restano {0} MB; il prossimo tentativo riprende da lì.',
  '{0} came damaged: its checksum is not the published one.':
    '{0} è arrivato danneggiato: la sua somma di controllo non è quella pubblicata.',
  '{0} cannot be unpacked: {1}': '{0} non si può estrarre: {1}',
  '{0} could not be fetched: {1}': 'Non è stato possibile scaricare {0}: {1}',
  '{0} could not be fetched: {1}.': 'Non è stato possibile scaricare {0}: {1}.',
  "{0} holds '{1}', which this model does not have.": "{0} contiene '{1}', che questo modello non ha.",
  "{0}'s binding for TensorFlow {1}": 'il modulo di collegamento di {0} per TensorFlow {1}',
  '{0}, all cores, own kernels': '{0}, tutti i core, kernel propri',
  '{0}: {1} more do not fit: {2} are in use': '{0}: altri {1} non ci stanno: {2} sono in uso',
  '{0}: {1} more do not fit: {2} are in use, {3} are allowed':
    '{0}: altri {1} non ci stanno: {2} sono in uso, {3} sono ammessi',
  '{0}; the software to compute on it is not set up': '{0}; il software per calcolarci non è installato',
};
