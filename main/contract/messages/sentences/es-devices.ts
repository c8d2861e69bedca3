import type { Catalogue } from '../language.ts';

/** What devices and their setup report, by its English: see main/contract/message.ts. */
export const esDevices: Catalogue = {
  'the NVIDIA driver reports no GPU (nvidia-smi: {0})':
    'el controlador de NVIDIA no muestra ninguna GPU (nvidia-smi: {0})',
  'The NVIDIA driver reports no GPU (nvidia-smi: {0}). If the driver was updated, restart the computer.':
    'El controlador de NVIDIA no muestra ninguna GPU (nvidia-smi: {0}). Si actualizaste el controlador, reinicia el equipo.',
  '{0} is too old for this TensorFlow: its compute capability is {1}; 6.0 is required.':
    '{0} es demasiado antigua para este TensorFlow: su capacidad de cómputo es {1} y se necesita 6.0.',
  '{0} is newer than this TensorFlow: on first start the driver compiles kernels for it, which can take half an hour once.':
    '{0} es más nueva que este TensorFlow: en el primer arranque el controlador compila los kernels para ella, lo que puede llevar media hora, una sola vez.',
  'Driver library {0} not found.': 'No se encuentra la biblioteca {0} del controlador.',
  'In a container, enable the GPU with NVIDIA_DRIVER_CAPABILITIES=compute,utility. Otherwise install the full driver (Debian: libcuda1; Ubuntu: libnvidia-compute of the same version).':
    'En un contenedor, activa la GPU con NVIDIA_DRIVER_CAPABILITIES=compute,utility. Si no, instala el controlador completo (Debian: libcuda1; Ubuntu: libnvidia-compute de la misma versión).',
  'TensorFlow cannot use {0}: the driver library {1} was not found.':
    'TensorFlow no puede usar {0}: no se encuentra la biblioteca {1} del controlador.',
  'TensorFlow cannot use {0}: {1} failed to load.': 'TensorFlow no puede usar {0}: no se pudo cargar {1}.',
  'If the driver was updated, restart the computer. Another program may have exclusive use of the GPU (nvidia-smi shows its compute mode).':
    'Si actualizaste el controlador, reinicia el equipo. Puede que otro programa tenga la GPU en exclusiva (nvidia-smi muestra el modo de cómputo).',
  'TensorFlow cannot use {0}: its driver failed to initialise CUDA.':
    'TensorFlow no puede usar {0}: su controlador no pudo inicializar CUDA.',
  "'{0}' computes incorrect results: its losses are {1}, those of CPU, compatible (WebAssembly) {2}.":
    "'{0}' calcula resultados incorrectos: sus pérdidas son {1}; las de CPU, compatible (WebAssembly), {2}.",
  "'{0}' of {1} does not have the shape [{2}].": "'{0}' de {1} no tiene la forma [{2}].",
  "'{0}' in {1} has shape [{2}], but the model expects [{3}].":
    "'{0}' de {1} tiene la forma [{2}], pero el modelo necesita [{3}].",
  'A GPU is used once it wins a benchmark with the trained configuration; the first training run benchmarks it.':
    'Se usa una GPU cuando gana una medición con la configuración que se entrena; la mide el primer entrenamiento.',
  "A sequence of {0} tokens exceeds this model's context of {1}.":
    'Una secuencia de {0} tokens es más larga que el contexto de este modelo, de {1}.',
  'A tensor of {0} MiB exceeds the limit of GPU {1}, {2} MiB.':
    'Un tensor de {0} MiB supera el límite de la GPU {1}, {2} MiB.',
  "A text of {0} tokens exceeds this model's context of {1}.":
    'Un texto de {0} tokens es más largo que el contexto de este modelo, de {1}.',
  'All libraries of CUDA 12 and cuDNN 9 are installed.': 'Están instaladas todas las bibliotecas de CUDA 12 y cuDNN 9.',
  'Another compiler (CXX=clang++) or another libtensorflow may work.':
    'Puede que funcione otro compilador (CXX=clang++) u otro libtensorflow.',
  'A new configuration is benchmarked when it is first trained.':
    'Una configuración nueva se mide cuando se entrena por primera vez.',
  'Check the connection and run the setup again, or download the file by other means and use the local copy.':
    'Comprueba la conexión y repite la instalación, o descarga el archivo por otros medios y usa la copia local.',
  'Check the connection, or use a local folder, wheel or archive with libtensorflow.':
    'Comprueba la conexión, o usa una carpeta, un wheel o un archivo local con libtensorflow.',
  'Select a part of it, or use a model with a longer context.':
    'Elige una parte, o usa un modelo con un contexto más largo.',
  'Dawn failed to start: {0}': 'Dawn no se pudo iniciar: {0}',
  'Download it again, or choose another one.': 'Descárgalo de nuevo o indica otro.',
  'Free some disk space, or set the environment variable HYENA_DEVICES to a folder on another disk.':
    'Libera espacio, o pon en la variable de entorno HYENA_DEVICES una carpeta de otro disco.',
  'GPU {0}: {1}': 'GPU {0}: {1}',
  'Resume from the last checkpoint; if this happens again, use another device.':
    'Sigue desde el último punto de control; si vuelve a ocurrir, usa otro dispositivo.',
  "HYENA_MEMORY_LIMIT_MIB must be a positive number; got '{0}'.":
    "HYENA_MEMORY_LIMIT_MIB debe ser un número positivo, pero es '{0}'.",
  'Install CUDA 12 and cuDNN 9 with your system package manager, then run the setup again.':
    'Instala CUDA 12 y cuDNN 9 con el gestor de paquetes del sistema y repite la instalación.',
  'Install a C++20 compiler (Debian or Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM), then build the kernels.':
    'Instala un compilador de C++20 (Debian o Ubuntu: apt install g++; macOS: xcode-select --install; Windows: LLVM) y compila los kernels.',
  'Install a current GPU driver.': 'Instala un controlador actual de la GPU.',
  'Install one (Debian or Ubuntu: apt install g++; macOS: xcode-select --install), then run the setup again.':
    'Instala uno (Debian o Ubuntu: apt install g++; macOS: xcode-select --install) y repite la instalación.',
  'Install pip (Debian or Ubuntu: apt install python3-pip), set PIP_INDEX_URL, or use a local copy of libtensorflow.':
    'Instala pip (Debian o Ubuntu: apt install python3-pip), define PIP_INDEX_URL, o usa una copia local de libtensorflow.',
  'Install tar, then run the setup again.': 'Instala tar y repite la instalación.',
  "Install the GPU's Vulkan driver and the Vulkan loader (Debian or Ubuntu: apt install libvulkan1, with mesa-vulkan-drivers for Intel and AMD, or NVIDIA's driver).":
    'Instala el controlador Vulkan de la GPU y el cargador de Vulkan (Debian o Ubuntu: apt install libvulkan1, con mesa-vulkan-drivers para Intel y AMD, o el controlador de NVIDIA).',
  'WebAssembly is limited to 4 GiB. Use a smaller batch, a shorter sequence, gradient checkpointing, or the CPU (native) device.':
    'WebAssembly está limitado a 4 GiB. Usa un lote más pequeño, una secuencia más corta, gradient checkpointing o el dispositivo CPU (nativa).',
  'Unusable for this configuration: {0}': 'No se puede usar con esta configuración: {0}',
  'Timed out.': 'Se agotó el tiempo.',
  'Dawn is available only for Linux, macOS and Windows on x64 and arm64. Use another device.':
    'Dawn solo existe para Linux, macOS y Windows en x64 y arm64. Usa otro dispositivo.',
  'Fastest available device.': 'Es el dispositivo disponible más rápido.',
  'Fastest device for this configuration: a step takes {0} on {1} and timed out on {2}.':
    'Es el dispositivo más rápido para esta configuración: un paso tarda {0} en {1} y en {2} se agotó el tiempo.',
  'Fastest device for this configuration: a step takes {0} on {1}, {2} on {3}.':
    'Es el dispositivo más rápido para esta configuración: un paso tarda {0} en {1} y {2} en {3}.',
  'Only available device.': 'Es el único dispositivo disponible.',
  'The folder must contain {0} or {1}, {2} and include/tensorflow/c/c_api.h.':
    'La carpeta debe contener {0} o {1}, {2} e include/tensorflow/c/c_api.h.',
  'Selected by the user.': 'Lo eligió el usuario.',
  'The damaged file was deleted; other downloads were kept.':
    'Se eliminó el archivo dañado; las demás descargas se conservan.',
  'config.json and the weights do not match.': 'Su config.json y sus pesos no son del mismo modelo.',
  'The driver was reset or the GPU was removed. Resume from the last checkpoint; if this happens again, use another device.':
    'Se reinició su controlador, o se retiró la GPU. Sigue desde el último punto de control; si vuelve a ocurrir, usa otro dispositivo.',
  'The process exited early ({0}).': 'El proceso terminó antes de tiempo ({0}).',
  'Libraries of CUDA are missing: {0}. Install them, or let them be downloaded.':
    'Faltan bibliotecas de CUDA: {0}. Instálalas, o deja que se descarguen.',
  "NVIDIA's CUDA 12 and cuDNN 9 packages from your Python package index":
    'los paquetes de NVIDIA de CUDA 12 y cuDNN 9 de tu índice de paquetes de Python',
  'Use a local folder, wheel or archive with libtensorflow.':
    'Usa una carpeta, un wheel o un archivo local con libtensorflow.',
  'No GPU can train this configuration.': 'Ninguna GPU puede entrenar esta configuración.',
  'No NVIDIA driver found (nvidia-smi did not respond). Install the driver for your card, version 525 or newer, and restart the computer.':
    'No se encontró ningún controlador de NVIDIA (nvidia-smi no respondió). Instala el de tu tarjeta, versión 525 o posterior, y reinicia el equipo.',
  'No Python package index configured: pip is not installed.':
    'No hay ningún índice de paquetes de Python configurado: pip no está instalado.',
  'No device is available.': 'No hay ningún dispositivo disponible.',
  'Not available: {0}.': 'No disponible: {0}.',
  'Not installed: {0}.': 'Sin instalar: {0}.',
  'Nothing was downloaded.': 'No se descargó nada.',
  'Nothing was set up.': 'No se instaló nada.',
  'Process {0} on {1} has been setting up a device since {2}.':
    'El proceso {0} en {1} está configurando un dispositivo desde {2}.',
  'Reinstall Hyena Studio: a file may be missing.': 'Reinstala Hyena Studio: puede que falte un archivo.',
  'Run the setup again.': 'Repite la instalación.',
  'Set PIP_INDEX_URL to an index that has it, or use a local wheel.':
    'Pon en PIP_INDEX_URL un índice que lo tenga, o usa un wheel local.',
  'Shorten the text, or train a model with a longer context (l_max).':
    'Acorta el texto, o entrena un modelo con un contexto más largo (l_max).',
  'Start again from a shorter text, or use a model with a longer context.':
    'Empieza de nuevo con un texto más corto, o usa un modelo con un contexto más largo.',
  'TensorFlow supports NVIDIA GPUs only on Linux. On Windows, use WSL 2 (Ubuntu).':
    'TensorFlow solo admite GPU de NVIDIA en Linux. En Windows, usa WSL 2 (Ubuntu).',
  'TensorFlow on the CPU is not set up; CPU (native) is faster':
    'TensorFlow para la CPU no está instalado; CPU (nativa) es más rápida',
  'Cannot load TensorFlow from {0}: {1}': 'No se puede cargar TensorFlow en {0}: {1}',
  'TensorFlow {0} on the CPU, {1}': 'TensorFlow {0} en la CPU, {1}',
  'Cannot open GPU {0}: {1}': 'No se pudo abrir la GPU {0}: {1}',
  'GPU {0} returned no result: {1}': 'La GPU {0} no dio ningún resultado: {1}',
  'GPU {0} is out of memory: {1} MiB in use by this process.':
    'La GPU {0} se ha quedado sin memoria: este proceso usa {1} MiB.',
  'GPU {0} rejected an operation: {1}': 'La GPU {0} rechazó una operación: {1}',
  'GPU {0} was lost.': 'Se perdió la GPU {0}.',
  'GPU {0} was lost: {1}.': 'Se perdió la GPU {0}: {1}.',
  'NVIDIA driver {0} is too old: CUDA 12 requires {1} or newer. Update the driver.':
    'El controlador de NVIDIA es {0}; CUDA 12 necesita {1} o posterior: actualiza el controlador.',
  'The Python package index did not respond: {0}': 'El índice de paquetes de Python no responde: {0}',
  "'{0}' not found in the Python package index ({1}).": "El índice de paquetes de Python no tiene '{0}' ({1}).",
  '{0} {1} for this system was not found in the Python package index.':
    'El índice de paquetes de Python no tiene {0} {1} para este sistema.',
  '{0} {1} not found in the Python package index.': 'El índice de paquetes de Python no tiene {0} {1}.',
  'The WebAssembly backend did not start.': 'El backend de WebAssembly no se inició.',
  'Compiling the binding failed: {0}': 'El módulo de enlace no compila: {0}',
  'The data and the model must use the same tokenizer.': 'Los datos y el modelo deben usar el mismo tokenizador.',
  "Cannot set up device '{0}'. {1}": "El dispositivo '{0}' no se puede instalar. {1}",
  "Device '{0}' does not support {1} precision.": "El dispositivo '{0}' no admite la precisión {1}.",
  "Device '{0}' is not available: {1}.": "El dispositivo '{0}' no está disponible: {1}.",
  'GPU (WebGPU) supports convolutions of at most {0} positions, not {1}.':
    'GPU (WebGPU) admite convoluciones de {0} posiciones como máximo, no {1}.',
  'The distilled filters in {0} have a different shape.': 'Los filtros destilados de {0} tienen otra forma.',
  'The download was cancelled.': 'Se canceló la descarga.',
  'The Node-API headers were not found.': 'Faltan los archivos de cabecera de Node-API.',
  "The model's context of {0} tokens is full.": 'El contexto del modelo, de {0} tokens, está lleno.',
  "The model's filters are not finite.": 'Los filtros del modelo no son finitos.',
  'Cannot load the C++ kernels of the CPU (native) device: {0}':
    'No se pueden cargar los kernels de C++ del dispositivo CPU (nativa): {0}',
  'The CPU (native) device does not support tensors of type {0}.':
    'El dispositivo CPU (nativa) no admite tensores de tipo {0}.',
  'The C++ kernels of the CPU (native) device are not built.':
    'Los kernels de C++ del dispositivo CPU (nativa) no están compilados.',
  'Package {0} is damaged: its checksum does not match the published one.':
    'El paquete {0} está dañado: su suma de comprobación no coincide con la publicada.',
  'CPU, compatible (WebAssembly) cannot allocate {0} MiB more.':
    'CPU, compatible (WebAssembly) no puede reservar {0} MiB más.',
  "The self-test of '{0}' failed: {1}": "La autoprueba de '{0}' falló: {1}",
  'The server refused {0}: {1}.': 'El servidor rechazó {0}: {1}.',
  'The setup was cancelled.': 'Se canceló la instalación.',
  'No C++ compiler found; the binding is built from source.':
    'No se encontró ningún compilador de C++; el módulo de enlace se compila a partir de sus fuentes.',
  'GPU {0} not found.': 'No hay ninguna GPU con el número {0}.',
  'No GPU available: {0}.': 'No hay ninguna GPU disponible: {0}.',
  'NVIDIA GPU {0} not found.': 'No hay ninguna GPU de NVIDIA con el número {0}.',
  "Unknown device: '{0}'.": "Dispositivo desconocido: '{0}'.",
  'libtensorflow not found in {0}.': 'No se encontró libtensorflow en {0}.',
  'The program tar was not found.': 'No se encontró el programa tar.',
  'Nothing found at {0}.': 'No hay nada en {0}.',
  'This is a software adapter running on the CPU: for tests only, and slow.':
    'Es un adaptador de software que se ejecuta en la CPU: solo para pruebas, y lento.',
  'This is a bug in Hyena Studio or in the driver. Update the driver, or use another device.':
    'Es un error de Hyena Studio o del controlador. Actualiza el controlador, o usa otro dispositivo.',
  'Cannot determine which CUDA libraries this libtensorflow needs.':
    'No se puede determinar qué bibliotecas de CUDA necesita esta libtensorflow.',
  'About {0} or more of {1} required, {2} available.': 'Se necesitan unos {0} o más de {1}; hay {2} disponibles.',
  'This process already uses the TensorFlow in {0}.': 'Este proceso ya calcula con el TensorFlow de {0}.',
  'The setup needs {0} of disk space, but {1} has {2} free.':
    'La instalación necesita {0} de espacio en disco, pero {1} tiene {2} libres.',
  "Token {0} is outside the model's vocabulary of {1} tokens.":
    'El token {0} está fuera del vocabulario del modelo, de {1} tokens.',
  'Use a smaller batch (with gradient accumulation for the same result), a shorter sequence length, gradient checkpointing, or another device.':
    'Usa un lote más pequeño (con acumulación de gradientes el resultado es el mismo), una longitud de secuencia menor, gradient checkpointing u otro dispositivo.',
  'Try again. If this happens again, something on the network is modifying downloads.':
    'Inténtalo de nuevo. Si vuelve a ocurrir, algo en la red modifica las descargas.',
  'Update its driver, or use another device.': 'Actualiza su controlador, o usa otro dispositivo.',
  'Use a shorter sequence, or another device.': 'Usa una secuencia más corta, u otro dispositivo.',
  'Use a smaller batch, a shorter sequence or gradient checkpointing.':
    'Usa un lote más pequeño, una secuencia más corta o gradient checkpointing.',
  'Use auto, or one of: {0}.': 'Usa auto o uno de estos: {0}.',
  'Use only one of the two at a time.': 'Usa solo uno de los dos a la vez.',
  'Use {0}, or another device.': 'Usa {0}, u otro dispositivo.',
  'WebAssembly on one CPU core': 'WebAssembly en un núcleo de la CPU',
  'Downloaded and built files were kept; the device was not enabled.':
    'Lo descargado y compilado se conserva; el dispositivo no se activó.',
  'Earlier downloads were kept.': 'Lo descargado antes se conserva.',
  'The damaged download was deleted; nothing else was changed.':
    'Se eliminó la descarga dañada; no se cambió nada más.',
  'Downloaded files were kept.': 'Lo descargado se conserva.',
  'Downloaded files were kept; the next setup will resume.':
    'Lo descargado se conserva; la próxima instalación sigue desde ahí.',
  'If this computer has an NVIDIA GPU, install its driver, then set up CUDA.':
    'Si este equipo tiene una GPU NVIDIA, instala su controlador y después CUDA.',
  'the C++ kernels are not built': 'los kernels de C++ no están compilados',
  'device|memory': 'memoria',
  'device|memory of {0}': 'memoria de {0}',
  'no GPU found via Vulkan, Metal or Direct3D 12': 'no se encontró ninguna GPU mediante Vulkan, Metal o Direct3D 12',
  'no NVIDIA driver found (nvidia-smi did not respond)':
    'no se encontró ningún controlador de NVIDIA (nvidia-smi no respondió)',
  'plain JavaScript, for tests only (slow)': 'JavaScript puro, solo para pruebas (lento)',
  'the Python package index': 'el índice de paquetes de Python',
  'the npm package {0} {1}': 'el paquete npm {0} {1}',
  'the official archive of libtensorflow': 'el archivo comprimido oficial de libtensorflow',
  "the optional package 'webgpu' (Dawn) is not installed": "el paquete opcional 'webgpu' (Dawn) no está instalado",
  'the wheel {0} {1} from your Python package index': 'el wheel {0} {1} de tu índice de paquetes de Python',
  'npm not found': 'no se encontró npm',
  'training on the new device': 'entrenamiento en el nuevo dispositivo',
  '{0} MB were kept; the next download will resume from there.':
    'Se conservan {0} MB; la próxima descarga sigue desde ahí.',
  '{0} MB were kept; the next attempt will resume from there.':
    'Se conservan {0} MB; el próximo intento sigue desde ahí.',
  '{0} is damaged: its checksum does not match the published one.':
    '{0} está dañado: su suma de comprobación no coincide con la publicada.',
  'Cannot unpack {0}: {1}': 'No se puede desempaquetar {0}: {1}',
  'Cannot download {0}: {1}': 'No se pudo descargar {0}: {1}',
  'Cannot download {0}: {1}.': 'No se pudo descargar {0}: {1}.',
  "{0} contains '{1}', which this model does not have.": "{0} contiene '{1}', que este modelo no tiene.",
  'the {0} binding for TensorFlow {1}': 'el módulo de enlace de {0} para TensorFlow {1}',
  '{0}, all cores, C++ kernels': '{0}, todos los núcleos, kernels de C++',
  '{0}: cannot allocate {1} more; {2} in use': '{0}: no se pueden reservar {1} más; {2} en uso',
  '{0}: cannot allocate {1} more; {2} in use, limit {3}': '{0}: no se pueden reservar {1} más; {2} en uso, límite {3}',
  '{0}; CUDA support is not set up': '{0}; la compatibilidad con CUDA no está instalada',
  'Run the setup again to resume.': 'Repite la instalación para continuar.',
  'Set up CUDA.': 'Instala CUDA.',
  'Choose an available GPU.': 'Elige una GPU disponible.',
  'Set it up to compare speeds.': 'Instálalo para comparar velocidades.',
  'Check that npm can reach its registry, or use a local .tgz of the package.':
    'Comprueba que npm llega a su registro, o usa un .tgz local del paquete.',
  'Then run the setup again.': 'Después, repite la instalación.',
  'No official archive for this system. Use a local folder with libtensorflow.':
    'No hay un archivo oficial para este sistema. Usa una carpeta local con libtensorflow.',
  "No libtensorflow wheel for '{0}' on this system ({1}, {2}). Use a local folder with libtensorflow.":
    "No hay un wheel con libtensorflow para '{0}' en este sistema ({1}, {2}). Usa una carpeta local con libtensorflow.",
  'Another libtensorflow may work. Other devices are unaffected.':
    'Puede que funcione otro libtensorflow. Los demás dispositivos no se ven afectados.',
  'The GPU, its driver or this libtensorflow is faulty. Another libtensorflow may work.':
    'La GPU, su controlador o este libtensorflow falla. Puede que funcione otro libtensorflow.',
  'Use a smaller batch, sequence length or model, or enable gradient checkpointing. The environment variable HYENA_MEMORY_LIMIT_MIB sets the limit.':
    'Usa un lote, una longitud de secuencia o un modelo más pequeños, o activa gradient checkpointing. La variable de entorno HYENA_MEMORY_LIMIT_MIB fija el límite.',
  'Build the program again.': 'Vuelve a compilar el programa.',
  'Build the kernels again for this system.': 'Vuelve a compilar los kernels para este sistema.',
  'Remove the CUDA setup and set it up again with downloaded libraries.':
    'Quita la instalación de CUDA y repítela con bibliotecas descargadas.',
  'Set it up again.': 'Vuelve a instalarlo.',
  'Install the optional packages.': 'Instala los paquetes opcionales.',
};
