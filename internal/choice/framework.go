package choice

import (
	"bytes"
	"regexp"
	"strings"
)

// imported matches the classes that code imports from a framework for language models, or from one of its integrations.
const (
	importedPython = `(?m)^[ \t]*from[ \t]+(?:langchain|llama_index|haystack)[\w.]*[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)`
	importedJS     = `\bimport\s*\{([^}]*)\}\s*from\s*['"](?:@?langchain|@?llamaindex)[\w/.-]*['"]`
)

// classes yields the classes of a framework for language models that stand for a service, where code imports them.
func classes(pattern string, data []byte, yield func(Name) bool) {
	if !bytes.Contains(data, []byte("langchain")) && !bytes.Contains(data, []byte("llama")) && !bytes.Contains(data, []byte("haystack")) {
		return
	}
	for _, m := range compiled(pattern).FindAllSubmatchIndex(data, -1) {
		for _, word := range className.FindAllIndex(data[m[2]:m[3]], -1) {
			found := Name{At: m[2] + word[0], End: m[2] + word[1]}
			if id := behind(string(data[found.At:found.End])); id != "" {
				found.IDs = []string{id}
				if !yield(found) {
					return
				}
			}
		}
	}
}

var className = regexp.MustCompile(`\b[A-Z]\w{2,60}`)

// behind returns the id of the service behind a class of a framework, by the start of its name; empty if it is none of those that a class
// of one package may stand for.
func behind(class string) string {
	name := strings.TrimPrefix(class, "Chat")
	for _, known := range [][2]string{
		{"AI21", "ai21"},
		{"AlephAlpha", "aleph-alpha"},
		{"Anthropic", "anthropic"},
		{"Anyscale", "anyscale"},
		{"Apify", "apify"},
		{"AssemblyAI", "assemblyai"},
		{"AzureAISearch", "azure-ai-search"},
		{"AzureChatOpenAI", "azure-openai"},
		{"AzureOpenAI", "azure-openai"},
		{"AzureSearch", "azure-ai-search"},
		{"Baichuan", "baichuan"},
		{"Bedrock", "aws-bedrock"},
		{"BingSearch", "bing-search"},
		{"BraveSearch", "brave-search"},
		{"Browserbase", "browserbase"},
		{"Cerebras", "cerebras"},
		{"CloudflareWorkersAI", "cloudflare-ai"},
		{"Cohere", "cohere"},
		{"DashScope", "alibaba-dashscope"},
		{"DeepInfra", "deepinfra"},
		{"DeepSeek", "deepseek"},
		{"EdenAI", "eden-ai"},
		{"ExaSearch", "exa"},
		{"FireCrawl", "firecrawl"},
		{"Firecrawl", "firecrawl"},
		{"Fireworks", "fireworks-ai"},
		{"Friendli", "friendli"},
		{"GigaChat", "gigachat"},
		{"GoogleGenerativeAI", "google-gemini"},
		{"GoogleSearchAPI", "google-custom-search"},
		{"GoogleSerper", "serper"},
		{"Groq", "groq"},
		{"HuggingFaceEndpoint", "huggingface"},
		{"HuggingFaceHub", "huggingface"},
		{"HuggingFaceInferenceAPI", "huggingface"},
		{"Hunyuan", "tencent-hunyuan"},
		{"Jina", "jina"},
		{"LlamaParse", "llamacloud"},
		{"MiniMax", "minimax"},
		{"Minimax", "minimax"},
		{"MistralAI", "mistral"},
		{"MixedbreadAI", "mixedbread"},
		{"Moonshot", "moonshot"},
		{"NVIDIA", "nvidia-nim"},
		{"Nebius", "nebius"},
		{"OpenAI", "openai"},
		{"OpenRouter", "openrouter"},
		{"OpenWeatherMap", "openweather"},
		{"Perplexity", "perplexity"},
		{"Pinecone", "pinecone"},
		{"PredictionGuard", "predictionguard"},
		{"Qianfan", "baidu-qianfan"},
		{"Replicate", "replicate"},
		{"SambaNova", "sambanova"},
		{"ScrapingAnt", "scrapingant"},
		{"SearchApi", "searchapi"},
		{"SerpAPI", "serpapi"},
		{"SerperDev", "serper"},
		{"SparkLLM", "iflytek"},
		{"Tavily", "tavily"},
		{"TogetherAI", "together-ai"},
		{"Together", "together-ai"},
		{"Tongyi", "alibaba-dashscope"},
		{"VertexAI", "google-vertex-ai"},
		{"VoyageAI", "voyage-ai"},
		{"Voyage", "voyage-ai"},
		{"WatsonxLLM", "ibm-watsonx"},
		{"Watsonx", "ibm-watsonx"},
		{"WolframAlpha", "wolfram-alpha"},
		{"XAI", "xai"},
		{"YandexGPT", "yandex-cloud-ai"},
		{"YouRetriever", "you-com"},
		{"ZepCloud", "zep"},
		{"ZhipuAI", "zhipu"},
		{"Zilliz", "zilliz"},
	} {
		if rest, ok := strings.CutPrefix(name, known[0]); ok && (rest == "" || rest[0] < 'a' || rest[0] > 'z') {
			return known[1]
		}
	}
	return ""
}
