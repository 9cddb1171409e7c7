export function notify(phone: string, text: string) {
  return fetch("https://api.quillnest.example/v1/messages", {
    method: "POST",
    body: JSON.stringify({ to: phone, text }),
  });
}
