package control

const sp80053 = "NIST SP 800-53"

// families are the families of NIST SP 800-53 whose controls may be written without the framework, as in AC-6.
//
//nolint:gochecknoglobals // an immutable list
var families = []string{"ac", "au", "ca", "cm", "cp", "ia", "ir", "ra", "sa", "sc", "si", "sr"}

// known lists the frameworks by name. Numbers and editions are facts; what a control says belongs to its publisher.
//
//nolint:gochecknoglobals // an immutable table
var known = []Framework{
	{Name: "ASVS 5.0", Title: "OWASP Application Security Verification Standard", Edition: "5.0.0", Names: []string{"ASVS", "OWASP ASVS", "OWASP ASVS 5.0", "ASVS 5.0.0"}, Letter: "V"},
	{Name: "CCM 4.0", Title: "CSA Cloud Controls Matrix", Edition: "4.0", Names: []string{"CAIQ 4.0", "CAIQ 4.0.3", "CCM 4.0.3", "CCM 4.0.13", "CCM 4.0.12", "CCM 4.0.10", "CSA CCM 4.0"}, Successor: "CCM 4.1", Moved: movedInCCM},
	{Name: "CCM 4.1", Title: "CSA Cloud Controls Matrix and CAIQ", Edition: "4.1", Names: []string{"CCM", "CAIQ", "CAIQ 4.1", "CSA CCM", "CSA CCM 4.1", "CSA CAIQ", "CCM 4.1.0"}, Questions: true},
	{
		Name: "CRA", Title: "Cyber Resilience Act", Edition: "Regulation (EU) 2024/2847", Names: []string{"EU CRA", "Cyber Resilience Act", "2024/2847"},
	},
	{
		Name: "DORA", Title: "Digital Operational Resilience Act", Edition: "Regulation (EU) 2022/2554", Names: []string{"EU DORA", "2022/2554"},
		All: doraArticles, Without: doraWithout,
	},
	{Name: "DORA register", Title: "Register of information under DORA", Edition: "Implementing Regulation (EU) 2024/2956", Names: []string{"DORA B", "DORA ITS", "DORA RoI", "2024/2956", "Register of information"}, Letter: "B"},
	{Name: "FedRAMP", Title: "Federal Risk and Authorization Management Program", Edition: "Rev. 5 and 20x"},
	{Name: "GDPR", Title: "General Data Protection Regulation", Edition: "Regulation (EU) 2016/679", Names: []string{"DSGVO", "EU GDPR", "2016/679"}},
	{
		Name: "HIPAA", Title: "HIPAA Security, Privacy and Breach Notification Rules", Edition: "45 CFR Part 164", Names: []string{"45 CFR", "HIPAA 45 CFR"},
		All: hipaaControls, Without: hipaaWithout,
	},
	{
		Name: "ISO 27001:2022", Title: "ISO/IEC 27001, Annex A", Edition: "2022", Letter: "A",
		Names: []string{"ISO", "ISO 27001", "ISO/IEC 27001", "ISO/IEC 27001:2022", "ISO27001", "IEC 27001", "27001", "ISO 27002", "ISO/IEC 27002", "ISO/IEC 27002:2022", "ISO 27002:2022"},
		All:   []string{"A.5.19", "A.5.20", "A.5.21", "A.5.22", "A.5.23"},
	},
	{Name: "ISO/IEC 17021-1", Title: "Requirements for bodies that certify management systems", Edition: "2015", Names: []string{"ISO 17021-1", "ISO/IEC 17021", "ISO 17021"}},
	{Name: "MVSP", Title: "Minimum Viable Secure Product", Edition: "3.0", Names: []string{"MVSP 3.0"}},
	{
		Name: "NIS2", Title: "NIS 2 Directive", Edition: "Directive (EU) 2022/2555", Names: []string{"NIS 2", "EU NIS2", "2022/2555"},
		All: []string{"21(2)(d)", "21(3)"},
	},
	{Name: "NIST CSF 2.0", Title: "NIST Cybersecurity Framework", Edition: "2.0", Names: []string{"NIST CSF", "CSF", "CSF 2.0"}},
	{Name: sp80053, Title: "NIST Security and Privacy Controls", Edition: "Rev. 5 (5.2.0)", Names: []string{"SP 800-53", "800-53", "NIST 800-53", "NIST SP 800-53r5", "SP 800-53r5", "NIST SP 800-53 5", "NIST"}},
	{Name: "OWASP", Title: "OWASP API Security Top 10", Edition: "2023", Names: []string{"OWASP API Security", "OWASP API Security Top 10"}},
	{
		Name: "PCI DSS 4.0.1", Title: "Payment Card Industry Data Security Standard", Edition: "4.0.1", Names: []string{"PCI", "PCI DSS", "PCI-DSS 4.0", "PCIDSS", "PCI 4.0.1"},
		All: []string{"12.8.1", "12.8.2", "12.8.3", "12.8.4", "12.8.5"},
	},
	{Name: "RFC", Title: "Requests for Comments of the IETF", Edition: "as numbered"},
	{Name: "SOC 2", Title: "AICPA Trust Services Criteria", Edition: "2017", Names: []string{"SOC2", "TSC", "AICPA", "Trust Services Criteria"}},
	{Name: "SP 800-161r1", Title: "NIST Cybersecurity Supply Chain Risk Management", Edition: "Rev. 1, update 1", Names: []string{"NIST SP 800-161r1", "NIST SP 800-161", "SP 800-161", "800-161", "800-161r1", "NIST 800-161", "C-SCRM"}},
	{Name: "SSDF 1.1", Title: "NIST Secure Software Development Framework, SP 800-218", Edition: "1.1", Names: []string{"SSDF", "SP 800-218", "800-218", "NIST SSDF", "NIST SP 800-218", "NIST SSDF 1.1", "NIST 800-218"}},
}

// movedInCCM has the new numbers of the controls of CCM 4.0, where they changed.
//
//nolint:gochecknoglobals // an immutable table
var movedInCCM = map[string]string{
	"IAM-13": "IAM-12", "IAM-14": "IAM-13", "IAM-15": "IAM-14", "IAM-16": "IAM-15",
	"IVS-01": "I&S-01", "IVS-02": "I&S-02", "IVS-03": "I&S-03", "IVS-04": "I&S-04", "IVS-05": "I&S-05", "IVS-06": "I&S-06", "IVS-07": "I&S-07", "IVS-08": "I&S-08", "IVS-09": "I&S-09",
	"LOG-08": "LOG-09", "LOG-09": "LOG-10", "LOG-10": "LOG-11", "LOG-11": "LOG-12", "LOG-12": "LOG-13", "LOG-13": "LOG-14",
	"SEF-07": "SEF-08", "SEF-08": "SEF-10",
	"STA-01": "STA-02", "STA-02": "STA-03", "STA-03": "STA-04", "STA-04": "STA-05", "STA-05": "STA-06", "STA-06": "STA-07", "STA-07": "STA-08",
	"STA-08": "STA-10", "STA-09": "STA-11", "STA-10": "STA-12", "STA-11": "STA-13", "STA-12": "STA-14", "STA-13": "STA-15", "STA-14": "STA-16",
	"TVM-03": "TVM-08", "TVM-04": "TVM-05", "TVM-05": "TVM-06", "TVM-06": "TVM-07", "TVM-07": "TVM-03", "TVM-08": "TVM-09", "TVM-09": "TVM-11", "TVM-10": "TVM-12",
}

// The paragraphs of Articles 28 to 30 of DORA.
//
//nolint:gochecknoglobals // immutable tables
var (
	doraArticles = []string{
		"28(1)(a)", "28(1)(b)", "28(2)", "28(3)", "28(4)(a)", "28(4)(b)", "28(4)(c)", "28(4)(d)", "28(4)(e)", "28(5)", "28(6)",
		"28(7)(a)", "28(7)(b)", "28(7)(c)", "28(7)(d)", "28(8)", "28(9)", "28(10)", "29(1)(a)", "29(1)(b)", "29(2)", "30(1)",
		"30(2)(a)", "30(2)(b)", "30(2)(c)", "30(2)(d)", "30(2)(e)", "30(2)(f)", "30(2)(g)", "30(2)(h)", "30(2)(i)",
		"30(3)(a)", "30(3)(b)", "30(3)(c)", "30(3)(d)", "30(3)(e)", "30(3)(f)", "30(4)", "30(5)",
	}
	doraWithout = map[string]string{
		"28(2)":    "it asks for a strategy, which is a document of your own. The policy of a registry is the part of it that can be checked.",
		"28(4)(b)": "only your lawyers and your supervisor know whether the conditions of supervision are met. Record it as a condition of the approval.",
		"28(4)(e)": "no record knows your conflicts of interest. Record the answer as a condition of the approval.",
		"28(7)(a)": noTermination, "28(7)(b)": noTermination, "28(7)(c)": noTermination, "28(7)(d)": noTermination,
		"28(9)": toAuthorities, "28(10)": toAuthorities, "30(5)": toAuthorities,
		"30(2)(g)": inTheContract, "30(2)(i)": inTheContract, "30(3)(d)": inTheContract,
		"30(4)": "it is about the choice of standard clauses, which is made before the contract.",
	}
	hipaaControls = []string{"164.308(b)(1)", "164.308(b)(2)", "164.308(b)(3)", "164.314(a)(1)", "164.314(a)(2)(i)", "164.314(a)(2)(ii)", "164.314(a)(2)(iii)"}
	hipaaWithout  = map[string]string{
		"164.314(a)(2)(ii)": "it is about arrangements between public authorities, which no record describes.",
	}
)

const (
	noTermination = "a record has the notice period (contract.renewal.notice) and not the grounds for termination. A lawyer must read the contract."
	inTheContract = "a record does not say whether the contract has this clause. A lawyer must read the contract."
	toAuthorities = "it is addressed to the supervisory authorities."
)
