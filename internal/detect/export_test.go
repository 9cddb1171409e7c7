package detect

// Held returns the number of bytes that a Stream keeps, as they are in memory, and before they were compressed.
func (s *Stream) Held() (held, whole int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held, s.whole
}
