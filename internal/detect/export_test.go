package detect

// Held returns the number of bytes that a Stream keeps.
func (s *Stream) Held() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held
}
