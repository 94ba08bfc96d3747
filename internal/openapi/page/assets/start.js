'use strict'
// The key and the token stay in this tab.
const key = document.getElementById('key')
const token = document.getElementById('token')
const target = document.getElementById('document')
key.value = sessionStorage.getItem('key') || ''
token.value = sessionStorage.getItem('token') || ''

document.getElementById('who').addEventListener('submit', (event) => {
  event.preventDefault()
  sessionStorage.setItem('key', key.value.trim())
  sessionStorage.setItem('token', token.value.trim())
  location.reload()
})

window.SwaggerUIBundle({
  url: target.dataset.address,
  domNode: target,
  deepLinking: true,
  docExpansion: 'none',
  validatorUrl: null,
  requestInterceptor(request) {
    const k = sessionStorage.getItem('key')
    const t = sessionStorage.getItem('token')
    if (k && !request.headers.apikey) request.headers.apikey = k
    if (t && !request.headers.Authorization) request.headers.Authorization = 'Bearer ' + t
    return request
  },
})
