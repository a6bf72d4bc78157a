export interface TemplateFile { file: string; template: object }
export function readTemplates(): TemplateFile[];
export function templateIndex(templates: TemplateFile[]): string;
export function tidyTemplate(workflow: object): string;
