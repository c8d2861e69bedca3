import type { Catalogue } from '../told.ts';

/** What devices and their setup tell, by its English: see main/contract/told.ts. */
export const esDevices: Catalogue = {
  'the NVIDIA driver gives no GPU (nvidia-smi: {0})': 'el controlador de NVIDIA no da ninguna GPU (nvidia-smi: {0})',
  'The NVIDIA driver gives no GPU (nvidia-smi: {0}). After an update of the driver, start the machine again.':
    'El controlador de NVIDIA no da ninguna GPU (nvidia-smi: {0}). Después de actualizar el controlador, reiniciar el equipo.',
  '{0} is too old for this TensorFlow: its compute capability is {1}, and 6.0 is needed.':
    '{0} es demasiado antigua para este TensorFlow: su capacidad de cómputo es {1} y se necesita 6.0.',
  '{0} is newer than this TensorFlow: at its first start the driver compiles kernels for it, which can take half an hour, once.':
    '{0} es más nueva que este TensorFlow: en el primer arranque el controlador compila los núcleos para ella, lo que puede llevar media hora, una sola vez.',
  "The driver's library {0} is not found.": 'No se encuentra la biblioteca {0} del controlador.',
  'In a container: start it with the GPU and NVIDIA_DRIVER_CAPABILITIES=compute,utility. Else install the whole driver (Debian: libcuda1; Ubuntu: libnvidia-compute of the same version).':
    'En un contenedor: iniciarlo con la GPU y NVIDIA_DRIVER_CAPABILITIES=compute,utility. Si no, instalar el controlador completo (Debian: libcuda1; Ubuntu: libnvidia-compute de la misma versión).',
  "TensorFlow does not see {0}: the driver's library {1} is not found.":
    'TensorFlow no ve {0}: no se encuentra la biblioteca {1} del controlador.',
  'TensorFlow does not see {0}: {1} cannot be loaded.': 'TensorFlow no ve {0}: no se puede cargar {1}.',
  'After an update of the driver, start the machine again. Another program may hold the GPU for itself (nvidia-smi shows its compute mode).':
    'Después de actualizar el controlador, reiniciar el equipo. Puede que otro programa tenga la GPU en exclusiva (nvidia-smi muestra el modo de cómputo).',
  'TensorFlow does not see {0}: its driver does not start for computing.':
    'TensorFlow no ve {0}: su controlador no arranca para calcular.',
  "'{0}' computes wrong: its losses are {1}, those of the portable device {2}.":
    "'{0}' calcula mal: sus pérdidas son {1}; las del dispositivo portable, {2}.",
  "'{0}' of {1} does not have the shape [{2}].": "'{0}' de {1} no tiene la forma [{2}].",
  "'{0}' of {1} has the shape [{2}], but the model needs [{3}].":
    "'{0}' de {1} tiene la forma [{2}], pero el modelo necesita [{3}].",
  'A GPU is taken once it wins a measurement with the configuration that is trained: the first training measures.':
    'Se usa una GPU cuando gana una medición con la configuración que se entrena: mide el primer entrenamiento.',
  "A sequence of {0} tokens is longer than this model's context of {1}.":
    'Una secuencia de {0} tokens es más larga que el contexto de este modelo, de {1}.',
  'A tensor of {0} MiB is needed, but the GPU {1} allows {2} MiB.':
    'Se necesita un tensor de {0} MiB, pero la GPU {1} permite {2} MiB.',
  "A text of {0} tokens is longer than this model's context of {1}.":
    'Un texto de {0} tokens es más largo que el contexto de este modelo, de {1}.',
  'All libraries of CUDA 12 and cuDNN 9 are installed.': 'Están instaladas todas las bibliotecas de CUDA 12 y cuDNN 9.',
  'Another compiler may take it (CXX=clang++), or another libtensorflow (--library PATH).':
    'Quizá lo acepte otro compilador (CXX=clang++) u otra libtensorflow (--library PATH).',
  'Another configuration is measured when it is first trained.':
    'Otra configuración se mide cuando se entrena por primera vez.',
  'Another libtensorflow may have what is missing: --library PATH. The other devices work as before.':
    'Quizá otra libtensorflow tenga lo que falta: --library PATH. Los demás dispositivos funcionan como antes.',
  'Build it again for this system: node worker/native/build.mjs':
    'Compílalo de nuevo para este sistema: node worker/native/build.mjs',
  'Check that npm reaches its registry, or name the package as a .tgz that you have: --binding FILE':
    'Comprueba que npm llega a su registro, o indica el paquete como un .tgz que tengas: --binding FILE',
  'Check the connection and run the same command again, or fetch the file by other means and name it.':
    'Comprueba la conexión y vuelve a ejecutar la misma orden, o consigue el archivo por otros medios e indícalo.',
  'Check the connection, or name a folder, a wheel or an archive that you have: --library PATH':
    'Comprueba la conexión, o indica una carpeta, un wheel o un archivo comprimido que tengas: --library PATH',
  'Choose a part of it, or give the model a longer context: hyena extend RUN --context N.':
    'Elige una parte, o dale al modelo un contexto más largo: hyena extend RUN --context N.',
  'Choose a smaller batch, sequence length or model, or switch gradient checkpointing on; HYENA_MEMORY_LIMIT_MIB sets the limit.':
    'Elige un lote, una longitud de secuencia o un modelo más pequeños, o activa el recálculo; HYENA_MEMORY_LIMIT_MIB fija el límite.',
  'Dawn does not start here: {0}': 'Dawn no se inicia aquí: {0}',
  'Fetch it again, or name another one.': 'Descárgalo de nuevo o indica otro.',
  'Free some space, or set HYENA_DEVICES to a folder on another disk.':
    'Libera espacio, o asigna a HYENA_DEVICES una carpeta de otro disco.',
  'GPU {0}: {1}': 'GPU {0}: {1}',
  'Go on from the last checkpoint; if it happens again, use another device.':
    'Sigue desde el último punto de control; si vuelve a ocurrir, usa otro dispositivo.',
  "HYENA_MEMORY_LIMIT_MIB must be a positive number, but is '{0}'.":
    "HYENA_MEMORY_LIMIT_MIB debe ser un número positivo, pero es '{0}'.",
  'Install CUDA 12 and cuDNN 9 by your system, then: hyena setup cuda --cuda-libraries system':
    'Instala CUDA 12 y cuDNN 9 con tu sistema y después: hyena setup cuda --cuda-libraries system',
  'Install a C++20 compiler (Debian or Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM), then: node worker/native/build.mjs':
    'Instala un compilador de C++20 (Debian o Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM) y después: node worker/native/build.mjs',
  'Install a current driver of the GPU.': 'Instala un controlador actual de la GPU.',
  'Install one (Debian or Ubuntu: apt install g++; macOS: xcode-select --install), then run the same command again.':
    'Instala uno (Debian o Ubuntu: apt install g++; macOS: xcode-select --install) y vuelve a ejecutar la misma orden.',
  'Install pip (Debian or Ubuntu: apt install python3-pip), set PIP_INDEX_URL, or name what you have: --library PATH':
    'Instala pip (Debian o Ubuntu: apt install python3-pip), define PIP_INDEX_URL, o indica lo que tengas: --library PATH',
  'Install tar, then run the same command again.': 'Instala tar y vuelve a ejecutar la misma orden.',
  "Install the GPU's Vulkan driver and the Vulkan loader (Debian or Ubuntu: apt install libvulkan1, with mesa-vulkan-drivers for Intel and AMD, or NVIDIA's driver).":
    'Instala el controlador Vulkan de la GPU y el cargador de Vulkan (Debian o Ubuntu: apt install libvulkan1, con mesa-vulkan-drivers para Intel y AMD, o el controlador de NVIDIA).',
  'Install the program again.': 'Vuelve a instalar el programa.',
  'It can hold 4 GiB. Use a smaller batch, a shorter sequence or gradient checkpointing, or the native device.':
    'Puede tener 4 GiB. Usa un lote más pequeño o una secuencia más corta, activa el recálculo o elige el dispositivo native.',
  'It cannot be used for this: {0}': 'No se puede usar para esto: {0}',
  'It did not end in its time.': 'No terminó a tiempo.',
  'It is built for Linux, macOS and Windows on x64 and arm64 alone. Use another device.':
    'Solo existe para Linux, macOS y Windows en x64 y arm64. Usa otro dispositivo.',
  'It is the fastest device here.': 'Es el dispositivo más rápido de este equipo.',
  'It is the fastest here, measured with this configuration: a step takes {0} on {1}, and did not end in its time on {2}.':
    'Es el más rápido de aquí, medido con esta configuración: un paso tarda {0} en {1}, y en {2} no terminó a tiempo.',
  'It is the fastest here, measured with this configuration: a step takes {0} on {1}, {2} on {3}.':
    'Es el más rápido de aquí, medido con esta configuración: un paso tarda {0} en {1} y {2} en {3}.',
  'It is the only device here.': 'Es el único dispositivo de este equipo.',
  'It must hold {0} or {1}, {2} and include/tensorflow/c/c_api.h.':
    'Debe contener {0} o {1}, {2} e include/tensorflow/c/c_api.h.',
  'It was asked for.': 'Es el que se pidió.',
  'It was deleted; what was fetched besides is kept.': 'Se eliminó; lo demás que se descargó se conserva.',
  'Its config.json and its weights do not belong together.': 'Su config.json y sus pesos no son del mismo modelo.',
  'Its driver was reset, or it was taken away. Go on from the last checkpoint; if it happens again, use another device.':
    'Se reinició su controlador, o se retiró la GPU. Sigue desde el último punto de control; si vuelve a ocurrir, usa otro dispositivo.',
  'Its process ended early ({0}).': 'Su proceso terminó antes de tiempo ({0}).',
  'Let them be downloaded: hyena setup cuda --remove, then: hyena setup cuda --cuda-libraries download':
    'Deja que se descarguen: hyena setup cuda --remove, y después: hyena setup cuda --cuda-libraries download',
  'Libraries of CUDA are missing: {0}. Install them, or let them be downloaded.':
    'Faltan bibliotecas de CUDA: {0}. Instálalas, o deja que se descarguen.',
  "NVIDIA's packages of CUDA 12 and cuDNN 9 of your Python package index":
    'los paquetes de NVIDIA de CUDA 12 y cuDNN 9 de tu índice de paquetes de Python',
  'Name a folder, a wheel or an archive that you have: --library PATH':
    'Indica una carpeta, un wheel o un archivo comprimido que tengas: --library PATH',
  'Name a folder, a wheel or an archive with libtensorflow: --library PATH':
    'Indica una carpeta, un wheel o un archivo comprimido con libtensorflow: --library PATH',
  'No GPU trains this configuration.': 'Ninguna GPU entrena esta configuración.',
  'No NVIDIA driver answers (nvidia-smi): install the driver of your card, version 525 or newer, and start the machine again.':
    'No responde ningún controlador de NVIDIA (nvidia-smi): instala el controlador de tu tarjeta, versión 525 o posterior, y reinicia el equipo.',
  'No Python package index is known here: pip is not installed.':
    'Aquí no se conoce ningún índice de paquetes de Python: pip no está instalado.',
  'No device is available.': 'No hay ningún dispositivo disponible.',
  'Not available: {0}.': 'No disponible: {0}.',
  'Not installed: {0}.': 'Sin instalar: {0}.',
  'Nothing was downloaded.': 'No se descargó nada.',
  'Nothing was set up.': 'No se instaló nada.',
  'Process {0} on {1} has been setting a device up since {2}.':
    'El proceso {0} en {1} está configurando un dispositivo desde {2}.',
  'Reinstall the program: a file of it may be missing.':
    'Reinstala el programa: puede que falte alguno de sus archivos.',
  'Run the same command again.': 'Vuelve a ejecutar la misma orden.',
  'Set PIP_INDEX_URL to an index that has it, or name a wheel that you have: --library PATH':
    'Asigna a PIP_INDEX_URL un índice que lo tenga, o indica un wheel que tengas: --library PATH',
  'Set it up again: hyena setup {0}': 'Instálalo de nuevo: hyena setup {0}',
  'Set it up: hyena setup cuda (hyena setup cuda --plan tells what that downloads)':
    'Instálalo: hyena setup cuda (hyena setup cuda --plan dice qué se descarga)',
  'Shorten the text, or train a model with a longer context (l_max).':
    'Acorta el texto, o entrena un modelo con un contexto más largo (l_max).',
  'Start again from a shorter text, or use a model with a longer context.':
    'Empieza de nuevo con un texto más corto, o usa un modelo con un contexto más largo.',
  'TensorFlow computes on NVIDIA GPUs under Linux alone: on Windows, use WSL 2 (Ubuntu) for this.':
    'TensorFlow solo calcula en GPU de NVIDIA con Linux: en Windows, usa WSL 2 (Ubuntu) para esto.',
  'TensorFlow for the processor is not set up; the native device is faster':
    'TensorFlow para el procesador no está instalado; el dispositivo native es más rápido',
  'TensorFlow in {0} cannot be loaded: {1}': 'No se puede cargar TensorFlow en {0}: {1}',
  'TensorFlow {0} on the processor, {1}': 'TensorFlow {0} en el procesador, {1}',
  'The GPU {0} could not be opened: {1}': 'No se pudo abrir la GPU {0}: {1}',
  'The GPU {0} gave no result: {1}': 'La GPU {0} no dio ningún resultado: {1}',
  'The GPU {0} has no memory left for this: {1} MiB are in use here.':
    'La GPU {0} no tiene memoria para esto: aquí ya se usan {1} MiB.',
  'The GPU {0} refused what it was given: {1}': 'La GPU {0} rechazó lo que se le dio: {1}',
  'The GPU {0} was lost.': 'Se perdió la GPU {0}.',
  'The GPU {0} was lost: {1}.': 'Se perdió la GPU {0}: {1}.',
  'The GPU, its driver or this libtensorflow is at fault: try another with --library PATH.':
    'El problema está en la GPU, su controlador o esta libtensorflow: prueba otra con --library PATH.',
  'The NVIDIA driver is {0}; CUDA 12 needs {1} or newer: update the driver.':
    'El controlador de NVIDIA es {0}; CUDA 12 necesita {1} o posterior: actualiza el controlador.',
  'The Python package index does not answer: {0}': 'El índice de paquetes de Python no responde: {0}',
  "The Python package index has no '{0}' ({1}).": "El índice de paquetes de Python no tiene '{0}' ({1}).",
  'The Python package index has no {0} {1} for this system.':
    'El índice de paquetes de Python no tiene {0} {1} para este sistema.',
  'The Python package index has no {0} {1}.': 'El índice de paquetes de Python no tiene {0} {1}.',
  'The WebAssembly backend did not start.': 'El motor de WebAssembly no se inició.',
  'The binding does not compile: {0}': 'El módulo de enlace no compila: {0}',
  'The data and the model must use the same tokenizer.': 'Los datos y el modelo deben usar el mismo tokenizador.',
  "The device '{0}' cannot be set up here. {1}": "El dispositivo '{0}' no se puede instalar aquí. {1}",
  "The device '{0}' has no {1} precision.": "El dispositivo '{0}' no tiene la precisión {1}.",
  "The device '{0}' is not available: {1}.": "El dispositivo '{0}' no está disponible: {1}.",
  'The device webgpu convolves at most {0} positions, not {1}.':
    'El dispositivo webgpu convoluciona como máximo {0} posiciones, no {1}.',
  'The distilled filters in {0} are of another shape.': 'Los filtros destilados de {0} tienen otra forma.',
  'The download was stopped.': 'Se detuvo la descarga.',
  'The headers of Node-API are missing.': 'Faltan los archivos de cabecera de Node-API.',
  "The model's context of {0} tokens is full.": 'El contexto del modelo, de {0} tokens, está lleno.',
  "The model's filters are not finite.": 'Los filtros del modelo no son finitos.',
  'The native device cannot be loaded: {0}': 'No se puede cargar el dispositivo native: {0}',
  'The native device has no tensors of type {0}.': 'El dispositivo native no tiene tensores de tipo {0}.',
  'The native device is not built.': 'El dispositivo native no está compilado.',
  'The package {0} came damaged: its checksum is not the published one.':
    'El paquete {0} llegó dañado: su suma de comprobación no es la publicada.',
  'The portable device has no room for {0} MiB more.': 'En el dispositivo portable no caben {0} MiB más.',
  "The self-test of '{0}' failed: {1}": "La autoprueba de '{0}' falló: {1}",
  'The server refused {0}: {1}.': 'El servidor rechazó {0}: {1}.',
  'The setup was stopped.': 'Se detuvo la instalación.',
  'Then: hyena setup {0}': 'Después: hyena setup {0}',
  'There is no C++ compiler here, and the binding is built from its sources.':
    'Aquí no hay ningún compilador de C++, y el módulo de enlace se compila a partir de sus fuentes.',
  'There is no GPU with the number {0}.': 'No hay ninguna GPU con el número {0}.',
  'There is no GPU: {0}.': 'No hay ninguna GPU: {0}.',
  'There is no NVIDIA GPU with the number {0}.': 'No hay ninguna GPU de NVIDIA con el número {0}.',
  "There is no device named '{0}'.": "No hay ningún dispositivo llamado '{0}'.",
  'There is no libtensorflow in {0}.': 'En {0} no está libtensorflow.',
  'There is no official archive for this system: name a folder with libtensorflow by --library.':
    'No hay ningún archivo comprimido oficial para este sistema: usa --library para indicar una carpeta con libtensorflow.',
  'There is no program tar to unpack with.': 'No hay ningún programa tar con el que desempaquetar.',
  "There is no wheel with libtensorflow for '{0}' on this system ({1}, {2}): name a folder that has it by --library.":
    "No hay un wheel con libtensorflow para '{0}' en este sistema ({1}, {2}): indicar con --library una carpeta que lo tenga.",
  'There is nothing at {0}.': 'No hay nada en {0}.',
  'This adapter computes on the processor: it is for tests, and slow.':
    'Este adaptador calcula en el procesador: es para pruebas, y lento.',
  'This is a defect of the program or the driver. Update the driver, or use another device.':
    'Es un defecto del programa o del controlador. Actualiza el controlador, o usa otro dispositivo.',
  'This libtensorflow does not say which of CUDA’s libraries it needs.':
    'Esta libtensorflow no dice qué bibliotecas de CUDA necesita.',
  'This needs about {0} of {1} or more, you have {2}.': 'Esto necesita unos {0} de {1} o más; tienes {2}.',
  'This process computes with the TensorFlow of {0} already.': 'Este proceso ya calcula con el TensorFlow de {0}.',
  'This takes {0} of disk, and {1} has {2} free.': 'Esto ocupa {0} de disco, y en {1} quedan {2} libres.',
  'To compare with it: hyena setup tensorflow': 'Para comparar con él: hyena setup tensorflow',
  "Token {0} is outside of the model's vocabulary of {1} tokens.":
    'El token {0} está fuera del vocabulario del modelo, de {1} tokens.',
  'Try a smaller batch (with gradient accumulation for the same result), a shorter sequence length, gradient checkpointing, or another device.':
    'Prueba con un lote más pequeño (con acumulación de gradientes el resultado es el mismo), una longitud de secuencia menor, el recálculo u otro dispositivo.',
  'Try again; where it happens again, something between here and the server changes files.':
    'Inténtalo de nuevo; si vuelve a ocurrir, algo entre este equipo y el servidor cambia los archivos.',
  'Update its driver, or use another device.': 'Actualiza su controlador, o usa otro dispositivo.',
  'Use a shorter sequence, or another device.': 'Usa una secuencia más corta, u otro dispositivo.',
  'Use a smaller batch, a shorter sequence or gradient checkpointing.':
    'Usa un lote más pequeño o una secuencia más corta, o activa el recálculo.',
  'Use auto, or one of: {0}.': 'Usa auto o uno de estos: {0}.',
  'Use one of the two at a time.': 'Usa solo uno de los dos a la vez.',
  'Use {0}, or another device.': 'Usa {0}, u otro dispositivo.',
  'WebAssembly on one processor core': 'WebAssembly en un núcleo del procesador',
  'What was fetched and built; the device was not made available.':
    'Lo descargado y compilado se conserva; el dispositivo no se activó.',
  'What was fetched before.': 'Lo descargado antes se conserva.',
  'What was fetched was deleted; nothing else was changed.': 'Lo descargado se eliminó; no se cambió nada más.',
  'What was fetched.': 'Lo descargado se conserva.',
  'What was fetched; the next one goes on.': 'Lo descargado se conserva; la próxima instalación sigue desde ahí.',
  'Where there is an NVIDIA GPU: install its driver, then: hyena setup cuda':
    'Si hay una GPU de NVIDIA: instala su controlador y después: hyena setup cuda',
  'hyena devices lists those that there are.': 'hyena devices muestra los que hay.',
  'its C++ kernels are not built': 'sus kernels de C++ no están compilados',
  memory: 'memoria',
  'memory of {0}': 'memoria de {0}',
  'no GPU that Vulkan, Metal or Direct3D 12 offers was found':
    'no se encontró ninguna GPU que ofrezcan Vulkan, Metal o Direct3D 12',
  'no NVIDIA driver answers (nvidia-smi)': 'no responde ningún controlador de NVIDIA (nvidia-smi)',
  'npm install --include=optional': 'npm install --include=optional',
  'npm run build': 'npm run build',
  'plain JavaScript, for tests: slow': 'JavaScript puro, para pruebas: lento',
  'the Python package index': 'el índice de paquetes de Python',
  'the npm package {0} {1} by npm': 'el paquete npm {0} {1}, con npm',
  'the official archive of libtensorflow': 'el archivo comprimido oficial de libtensorflow',
  "the optional package 'webgpu' (Dawn) is not installed": "el paquete opcional 'webgpu' (Dawn) no está instalado",
  'the wheel {0} {1} of your Python package index': 'el wheel {0} {1} de tu índice de paquetes de Python',
  'there is no npm': 'no hay npm',
  'training on the new device': 'entrenamiento en el nuevo dispositivo',
  '{0} MB of it, from where the next one goes on.': 'Se conservan {0} MB; la próxima descarga sigue desde ahí.',
  '{0} MB of it, from where the next try goes on.': 'Se conservan {0} MB; el próximo intento sigue desde ahí.',
  '{0} came damaged: its checksum is not the published one.':
    '{0} llegó dañado: su suma de comprobación no es la publicada.',
  '{0} cannot be unpacked: {1}': 'No se puede desempaquetar {0}: {1}',
  '{0} could not be fetched: {1}': 'No se pudo descargar {0}: {1}',
  '{0} could not be fetched: {1}.': 'No se pudo descargar {0}: {1}.',
  "{0} holds '{1}', which this model does not have.": "{0} contiene '{1}', que este modelo no tiene.",
  "{0}'s binding for TensorFlow {1}": 'el módulo de enlace de {0} para TensorFlow {1}',
  '{0}, all cores, own kernels': '{0}, todos los núcleos, kernels propios',
  '{0}: {1} more do not fit: {2} are in use': '{0}: no caben {1} más: hay {2} en uso',
  '{0}: {1} more do not fit: {2} are in use, {3} are allowed':
    '{0}: no caben {1} más: hay {2} en uso y se permiten {3}',
  '{0}; the software to compute on it is not set up': '{0}; el software para calcular en ella no está instalado',
};
