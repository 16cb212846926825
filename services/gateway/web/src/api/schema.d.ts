// Made from the OpenAPI document by "npm run generate:client"; a test holds it to it.
export interface paths {
    "/api/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The backups that the caller may see, newest first
         * @description Needs the scope `backups`.
         */
        get: operations["listBackups"];
        put?: never;
        /**
         * Requests a backup
         * @description Needs the scope `backups`.
         */
        post: operations["requestBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{backupId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One backup
         * @description Needs the scope `backups`.
         */
        get: operations["getBackup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{backupId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels a pending backup
         * @description Needs the scope `backups`.
         */
        post: operations["cancelBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{backupId}/downloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who took the archive, newest first
         * @description Needs the scope `backups`.
         */
        get: operations["listDownloads"];
        put?: never;
        /**
         * Begins a download; it is recorded
         * @description Needs the scope `backups`.
         */
        post: operations["beginDownload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{backupId}/downloads/{downloadId}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The archive, whole or in ranges
         * @description Needs the scope `backups`.
         */
        get: operations["downloadArchive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * The archive, whole or in ranges
         * @description Needs the scope `backups`.
         */
        head: operations["describeArchive"];
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{backupId}/org-units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The OUs of a backup, with their names as they were at the request
         * @description Needs the scope `backups`.
         */
        get: operations["listOrgUnitsOfBackup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{backupId}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A signed receipt of a finished backup; also after the archive expired
         * @description Needs the scope `backups`.
         */
        get: operations["getReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How much a request means
         * @description Needs the scope `backups`.
         */
        post: operations["estimateBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events `backup`: one that the caller may see changed
         * @description Needs the scope `backups`.
         */
        get: operations["watchBackups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who calls, and what they may do now
         * @description Needs the scope `backups`.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org-units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The OUs that the caller may back up
         * @description Needs the scope `backups`.
         */
        get: operations["listOrgUnits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provisioning/accounts/{accountId}/directory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Makes the directory what is sent, all or nothing
         * @description Needs the scope `provisioning`.
         */
        put: operations["putDirectory"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provisioning/accounts/{accountId}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Registers documents: NDJSON, one a line
         * @description Needs the scope `provisioning`.
         */
        post: operations["registerDocuments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provisioning/accounts/{accountId}/documents/{documentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A document as it was registered
         * @description Needs the scope `provisioning`.
         */
        get: operations["getDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provisioning/accounts/{accountId}/documents/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Removes documents from the register
         * @description Needs the scope `provisioning`.
         */
        post: operations["deleteDocuments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provisioning/accounts/{accountId}/documents/unfiled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Documents that lie in no OU of the directory
         * @description Needs the scope `provisioning`.
         */
        get: operations["listUnfiledDocuments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provisioning/accounts/{accountId}/files/{fileId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is stored of a file
         * @description Needs the scope `provisioning`.
         */
        get: operations["getFile"];
        /**
         * Stores the content of a file
         * @description Needs the scope `provisioning`.
         */
        put: operations["putFile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/provisioning/accounts/{accountId}/org-units/{orgUnitId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An OU of the account
         * @description Needs the scope `provisioning`.
         */
        get: operations["getOrgUnit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipt-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public key that receipts are signed with now
         * @description Open to anyone.
         */
        get: operations["getReceiptKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/receipt-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All public keys that receipts were ever signed with, retired ones too
         * @description Open to anyone.
         */
        get: operations["listReceiptKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the caller is signed in: sessions that hold, newest first
         * @description Needs the scope `backups`.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * Ends all sessions of the caller but the one of this call
         * @description Needs the scope `backups`.
         */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Ends a session of the caller; within five seconds, so does what runs
         * @description Needs the scope `backups`.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457, with a stable code */
        Problem: {
            /** @enum {string} */
            code: "VALIDATION_FAILED" | "NOTHING_INCLUDED" | "ORG_UNIT_OUTSIDE_FACILITIES" | "UNAUTHENTICATED" | "ACCOUNT_MISSING" | "USER_UNKNOWN" | "SUBSCRIPTION_REQUIRED" | "SCOPE_MISSING" | "PERMISSION_MISSING" | "FACILITY_NOT_PERMITTED" | "ORG_UNIT_NOT_PERMITTED" | "ORIGIN_NOT_ALLOWED" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "BACKUP_ALREADY_PENDING" | "BACKUP_NOT_PENDING" | "BACKUP_NOT_COMPLETED" | "FILE_CONTENT_DIFFERS" | "OLDER_REVISION" | "IDEMPOTENCY_KEY_REUSED" | "TERM_OVERLAPS" | "TERM_NOT_FOUND" | "REQUEST_ABORTED" | "BACKUP_EXPIRED" | "DOWNLOAD_EXPIRED" | "REQUEST_TOO_SLOW" | "PRECONDITION_FAILED" | "PAYLOAD_TOO_LARGE" | "QUOTA_EXCEEDED" | "UNSUPPORTED_MEDIA_TYPE" | "RANGE_NOT_SATISFIABLE" | "HEADERS_TOO_LARGE" | "TOO_MANY_REQUESTS" | "INTERNAL" | "UNAVAILABLE";
            detail: string;
            errors: {
                message: string;
                path: string;
            }[];
            status: number;
            title: string;
            type: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listBackups: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                status?: "pending" | "in_progress" | "completed" | "expired" | "cancelled" | "failed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "backupId": "0199b7a0-4c1e-7d52-9a3b-5f0f6a3e0c9b",
                     *           "status": "completed",
                     *           "createdAt": "2026-03-02T08:15:00.000Z",
                     *           "createdBy": {
                     *             "userId": "ada",
                     *             "name": "Ada Lovelace"
                     *           },
                     *           "downloadExpiresAt": "2026-03-16T08:31:12.000Z",
                     *           "allOrgUnits": false,
                     *           "orgUnits": [
                     *             {
                     *               "orgUnitId": "chemistry",
                     *               "name": "Chemistry"
                     *             }
                     *           ],
                     *           "orgUnitCount": 1,
                     *           "options": {
                     *             "includeActive": true,
                     *             "includeInactive": false,
                     *             "excludeSuperseded": true
                     *           },
                     *           "passwordProtected": true,
                     *           "documentCount": 412,
                     *           "exceptionCount": 0,
                     *           "progress": null,
                     *           "waitingFor": null,
                     *           "waitingSince": null,
                     *           "archive": {
                     *             "sizeBytes": 734003200,
                     *             "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *             "fileName": "northfield-2026-03-02.zip"
                     *           },
                     *           "failure": null,
                     *           "actions": {
                     *             "cancel": false,
                     *             "download": true
                     *           },
                     *           "exceptionCounts": {
                     *             "documents": 0,
                     *             "files": 0
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            actions: {
                                cancel: boolean;
                                download: boolean;
                            };
                            allOrgUnits: boolean;
                            archive: {
                                fileName: string;
                                sha256: string;
                                sizeBytes: number;
                            } | null;
                            backupId: string;
                            /** Format: date-time */
                            createdAt: string;
                            createdBy: {
                                name: string;
                                userId: string;
                            };
                            documentCount: number | null;
                            downloadExpiresAt: string | null;
                            exceptionCount: number | null;
                            exceptionCounts?: {
                                documents: number;
                                files: number;
                            };
                            failure: {
                                /** @enum {string} */
                                code: "permission_lost" | "build_failed" | "password_unreadable" | "contents_lost" | "waited_too_long";
                                message: string;
                            } | null;
                            options: {
                                excludeSuperseded: boolean;
                                includeActive: boolean;
                                includeInactive: boolean;
                            };
                            orgUnitCount: number;
                            orgUnits: {
                                name: string;
                                orgUnitId: string;
                            }[];
                            passwordProtected: boolean;
                            progress: {
                                documents: number;
                                ofDocuments: number;
                                ofSizeBytes: number;
                                secondsLeft: number | null;
                                sizeBytes: number;
                            } | null;
                            /** @enum {string} */
                            status: "pending" | "in_progress" | "completed" | "expired" | "cancelled" | "failed";
                            waitingFor: ("store" | "service" | "builder") | null;
                            waitingSince: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestBackup: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body again give the same backup, not a second one */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "orgUnitIds": [
                 *         "chemistry"
                 *       ],
                 *       "includeActive": true,
                 *       "includeInactive": false,
                 *       "excludeSuperseded": true,
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": {
                    /** @default false */
                    excludeSuperseded?: boolean;
                    facilityIds?: string[];
                    /** @default true */
                    includeActive?: boolean;
                    /** @default false */
                    includeInactive?: boolean;
                    orgUnitIds?: string[];
                    password?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "backupId": "0199b7a0-4c1e-7d52-9a3b-5f0f6a3e0c9b",
                     *       "status": "pending",
                     *       "createdAt": "2026-03-02T08:15:00.000Z",
                     *       "createdBy": {
                     *         "userId": "ada",
                     *         "name": "Ada Lovelace"
                     *       },
                     *       "downloadExpiresAt": null,
                     *       "allOrgUnits": false,
                     *       "orgUnits": [
                     *         {
                     *           "orgUnitId": "chemistry",
                     *           "name": "Chemistry"
                     *         }
                     *       ],
                     *       "orgUnitCount": 1,
                     *       "options": {
                     *         "includeActive": true,
                     *         "includeInactive": false,
                     *         "excludeSuperseded": true
                     *       },
                     *       "passwordProtected": true,
                     *       "documentCount": null,
                     *       "exceptionCount": null,
                     *       "progress": null,
                     *       "waitingFor": null,
                     *       "waitingSince": null,
                     *       "archive": null,
                     *       "failure": null,
                     *       "actions": {
                     *         "cancel": true,
                     *         "download": false
                     *       }
                     *     }
                     */
                    "application/json": {
                        actions: {
                            cancel: boolean;
                            download: boolean;
                        };
                        allOrgUnits: boolean;
                        archive: {
                            fileName: string;
                            sha256: string;
                            sizeBytes: number;
                        } | null;
                        backupId: string;
                        /** Format: date-time */
                        createdAt: string;
                        createdBy: {
                            name: string;
                            userId: string;
                        };
                        documentCount: number | null;
                        downloadExpiresAt: string | null;
                        exceptionCount: number | null;
                        exceptionCounts?: {
                            documents: number;
                            files: number;
                        };
                        failure: {
                            /** @enum {string} */
                            code: "permission_lost" | "build_failed" | "password_unreadable" | "contents_lost" | "waited_too_long";
                            message: string;
                        } | null;
                        options: {
                            excludeSuperseded: boolean;
                            includeActive: boolean;
                            includeInactive: boolean;
                        };
                        orgUnitCount: number;
                        orgUnits: {
                            name: string;
                            orgUnitId: string;
                        }[];
                        passwordProtected: boolean;
                        progress: {
                            documents: number;
                            ofDocuments: number;
                            ofSizeBytes: number;
                            secondsLeft: number | null;
                            sizeBytes: number;
                        } | null;
                        /** @enum {string} */
                        status: "pending" | "in_progress" | "completed" | "expired" | "cancelled" | "failed";
                        waitingFor: ("store" | "service" | "builder") | null;
                        waitingSince: string | null;
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid; `NOTHING_INCLUDED`: Neither active nor inactive documents are included; `ORG_UNIT_OUTSIDE_FACILITIES`: An OU lies in none of the chosen facilities */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SUBSCRIPTION_REQUIRED`: A valid subscription is required */
            402: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PERMISSION_MISSING`: No OU may be backed up; `FACILITY_NOT_PERMITTED`: A facility may not be backed up; `ORG_UNIT_NOT_PERMITTED`: An OU may not be backed up; `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BACKUP_ALREADY_PENDING`: A backup is pending already; `IDEMPOTENCY_KEY_REUSED`: The idempotency key was used for another request */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "backupId": "0199b7a0-4c1e-7d52-9a3b-5f0f6a3e0c9b",
                     *       "status": "completed",
                     *       "createdAt": "2026-03-02T08:15:00.000Z",
                     *       "createdBy": {
                     *         "userId": "ada",
                     *         "name": "Ada Lovelace"
                     *       },
                     *       "downloadExpiresAt": "2026-03-16T08:31:12.000Z",
                     *       "allOrgUnits": false,
                     *       "orgUnits": [
                     *         {
                     *           "orgUnitId": "chemistry",
                     *           "name": "Chemistry"
                     *         }
                     *       ],
                     *       "orgUnitCount": 1,
                     *       "options": {
                     *         "includeActive": true,
                     *         "includeInactive": false,
                     *         "excludeSuperseded": true
                     *       },
                     *       "passwordProtected": true,
                     *       "documentCount": 412,
                     *       "exceptionCount": 0,
                     *       "progress": null,
                     *       "waitingFor": null,
                     *       "waitingSince": null,
                     *       "archive": {
                     *         "sizeBytes": 734003200,
                     *         "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *         "fileName": "northfield-2026-03-02.zip"
                     *       },
                     *       "failure": null,
                     *       "actions": {
                     *         "cancel": false,
                     *         "download": true
                     *       },
                     *       "exceptionCounts": {
                     *         "documents": 0,
                     *         "files": 0
                     *       }
                     *     }
                     */
                    "application/json": {
                        actions: {
                            cancel: boolean;
                            download: boolean;
                        };
                        allOrgUnits: boolean;
                        archive: {
                            fileName: string;
                            sha256: string;
                            sizeBytes: number;
                        } | null;
                        backupId: string;
                        /** Format: date-time */
                        createdAt: string;
                        createdBy: {
                            name: string;
                            userId: string;
                        };
                        documentCount: number | null;
                        downloadExpiresAt: string | null;
                        exceptionCount: number | null;
                        exceptionCounts?: {
                            documents: number;
                            files: number;
                        };
                        failure: {
                            /** @enum {string} */
                            code: "permission_lost" | "build_failed" | "password_unreadable" | "contents_lost" | "waited_too_long";
                            message: string;
                        } | null;
                        options: {
                            excludeSuperseded: boolean;
                            includeActive: boolean;
                            includeInactive: boolean;
                        };
                        orgUnitCount: number;
                        orgUnits: {
                            name: string;
                            orgUnitId: string;
                        }[];
                        passwordProtected: boolean;
                        progress: {
                            documents: number;
                            ofDocuments: number;
                            ofSizeBytes: number;
                            secondsLeft: number | null;
                            sizeBytes: number;
                        } | null;
                        /** @enum {string} */
                        status: "pending" | "in_progress" | "completed" | "expired" | "cancelled" | "failed";
                        waitingFor: ("store" | "service" | "builder") | null;
                        waitingSince: string | null;
                    };
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "backupId": "0199b7a0-4c1e-7d52-9a3b-5f0f6a3e0c9b",
                     *       "status": "cancelled",
                     *       "createdAt": "2026-03-02T08:15:00.000Z",
                     *       "createdBy": {
                     *         "userId": "ada",
                     *         "name": "Ada Lovelace"
                     *       },
                     *       "downloadExpiresAt": null,
                     *       "allOrgUnits": false,
                     *       "orgUnits": [
                     *         {
                     *           "orgUnitId": "chemistry",
                     *           "name": "Chemistry"
                     *         }
                     *       ],
                     *       "orgUnitCount": 1,
                     *       "options": {
                     *         "includeActive": true,
                     *         "includeInactive": false,
                     *         "excludeSuperseded": true
                     *       },
                     *       "passwordProtected": true,
                     *       "documentCount": null,
                     *       "exceptionCount": null,
                     *       "progress": null,
                     *       "waitingFor": null,
                     *       "waitingSince": null,
                     *       "archive": null,
                     *       "failure": null,
                     *       "actions": {
                     *         "cancel": false,
                     *         "download": false
                     *       }
                     *     }
                     */
                    "application/json": {
                        actions: {
                            cancel: boolean;
                            download: boolean;
                        };
                        allOrgUnits: boolean;
                        archive: {
                            fileName: string;
                            sha256: string;
                            sizeBytes: number;
                        } | null;
                        backupId: string;
                        /** Format: date-time */
                        createdAt: string;
                        createdBy: {
                            name: string;
                            userId: string;
                        };
                        documentCount: number | null;
                        downloadExpiresAt: string | null;
                        exceptionCount: number | null;
                        exceptionCounts?: {
                            documents: number;
                            files: number;
                        };
                        failure: {
                            /** @enum {string} */
                            code: "permission_lost" | "build_failed" | "password_unreadable" | "contents_lost" | "waited_too_long";
                            message: string;
                        } | null;
                        options: {
                            excludeSuperseded: boolean;
                            includeActive: boolean;
                            includeInactive: boolean;
                        };
                        orgUnitCount: number;
                        orgUnits: {
                            name: string;
                            orgUnitId: string;
                        }[];
                        passwordProtected: boolean;
                        progress: {
                            documents: number;
                            ofDocuments: number;
                            ofSizeBytes: number;
                            secondsLeft: number | null;
                            sizeBytes: number;
                        } | null;
                        /** @enum {string} */
                        status: "pending" | "in_progress" | "completed" | "expired" | "cancelled" | "failed";
                        waitingFor: ("store" | "service" | "builder") | null;
                        waitingSince: string | null;
                    };
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BACKUP_NOT_PENDING`: The backup is no longer pending */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDownloads: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                backupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            bytesSent: number;
                            downloadId: string;
                            endedAt: string | null;
                            ipAddress: string;
                            ofBytes: number;
                            /** @enum {string} */
                            outcome: "complete" | "interrupted" | "in_progress";
                            /** Format: date-time */
                            startedAt: string;
                            user: {
                                name: string;
                                userId: string;
                            };
                            userAgent: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginDownload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "downloadId": "0199c2f4-8a10-7e61-b2d7-1c2f2a0b7d11",
                     *       "url": "https://backups.example/api/v1/backups/0199b7a0-4c1e-7d52-9a3b-5f0f6a3e0c9b/downloads/0199c2f4-8a10-7e61-b2d7-1c2f2a0b7d11/archive",
                     *       "expiresAt": "2026-03-16T08:31:12.000Z"
                     *     }
                     */
                    "application/json": {
                        downloadId: string;
                        expiresAt: string;
                        /** Format: uri */
                        url: string;
                    };
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BACKUP_NOT_COMPLETED`: The backup is not completed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BACKUP_EXPIRED`: The backup has expired */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadArchive: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags; another archive is refused with 412 */
                "If-Match"?: string;
                /** @description The ETag of an earlier answer */
                "If-Range"?: string;
                /** @description One range of bytes (RFC 9110); the answer is 206 */
                Range?: string;
            };
            path: {
                backupId: string;
                downloadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description A part, as `Range` asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BACKUP_NOT_COMPLETED`: The backup is not completed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BACKUP_EXPIRED`: The backup has expired; `DOWNLOAD_EXPIRED`: The download link has expired */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PRECONDITION_FAILED`: It is not what the request expects */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RANGE_NOT_SATISFIABLE`: The range is not satisfiable */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    describeArchive: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETags; another archive is refused with 412 */
                "If-Match"?: string;
                /** @description The ETag of an earlier answer */
                "If-Range"?: string;
                /** @description One range of bytes (RFC 9110); the answer is 206 */
                Range?: string;
            };
            path: {
                backupId: string;
                downloadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description A part, as `Range` asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BACKUP_NOT_COMPLETED`: The backup is not completed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BACKUP_EXPIRED`: The backup has expired; `DOWNLOAD_EXPIRED`: The download link has expired */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PRECONDITION_FAILED`: It is not what the request expects */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `RANGE_NOT_SATISFIABLE`: The range is not satisfiable */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOrgUnitsOfBackup: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                backupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "orgUnitId": "chemistry",
                     *           "name": "Chemistry"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            name: string;
                            orgUnitId: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backupId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        algorithm: "Ed25519";
                        keyId: string;
                        publicKey: string;
                        receipt: string;
                        /** Format: base64 */
                        signature: string;
                    };
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `BACKUP_NOT_COMPLETED`: The backup is not completed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    estimateBackup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "orgUnitIds": [
                 *         "chemistry"
                 *       ],
                 *       "includeActive": true,
                 *       "includeInactive": false,
                 *       "excludeSuperseded": true
                 *     }
                 */
                "application/json": {
                    /** @default false */
                    excludeSuperseded?: boolean;
                    facilityIds?: string[];
                    /** @default true */
                    includeActive?: boolean;
                    /** @default false */
                    includeInactive?: boolean;
                    orgUnitIds?: string[];
                    password?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "documentCount": 412,
                     *       "fileCount": 655,
                     *       "sizeBytes": 912261120
                     *     }
                     */
                    "application/json": {
                        documentCount: number;
                        fileCount: number;
                        sizeBytes: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid; `NOTHING_INCLUDED`: Neither active nor inactive documents are included; `ORG_UNIT_OUTSIDE_FACILITIES`: An OU lies in none of the chosen facilities */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PERMISSION_MISSING`: No OU may be backed up; `FACILITY_NOT_PERMITTED`: A facility may not be backed up; `ORG_UNIT_NOT_PERMITTED`: An OU may not be backed up; `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    watchBackups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: {
                            accountId: string;
                            enterprise: boolean;
                            name: string;
                            timeZone: string;
                        };
                        canManageBackups: boolean;
                        cannotRequestBecause: string | null;
                        canRequestBackup: boolean;
                        facilityAdminOf: string[];
                        name: string;
                        nextScanAt: string | null;
                        siteAdmin: boolean;
                        subscription: {
                            endsAt: string | null;
                            endsOn: string | null;
                            renewUrl: string;
                            /** @enum {string} */
                            state: "valid" | "scheduled" | "expired" | "none" | "unknown";
                        };
                        userId: string;
                    };
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOrgUnits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        facilities: {
                            facilityId: string;
                            name: string;
                        }[];
                        orgUnits: {
                            facilityId: string | null;
                            name: string;
                            orgUnitId: string;
                            parentOrgUnitId: string | null;
                        }[];
                    };
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putDirectory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Northfield",
                 *       "timeZone": "Europe/London",
                 *       "facilities": [
                 *         {
                 *           "facilityId": "north",
                 *           "name": "North"
                 *         }
                 *       ],
                 *       "orgUnits": [
                 *         {
                 *           "orgUnitId": "chemistry",
                 *           "name": "Chemistry",
                 *           "facilityId": "north"
                 *         }
                 *       ],
                 *       "roles": [
                 *         {
                 *           "roleId": "reader",
                 *           "name": "Reader",
                 *           "permissions": [
                 *             "Documents:Read"
                 *           ]
                 *         }
                 *       ],
                 *       "users": [
                 *         {
                 *           "userId": "ada",
                 *           "name": "Ada Lovelace",
                 *           "subject": "auth0|5f2a",
                 *           "email": "ada@northfield.example",
                 *           "active": true,
                 *           "siteAdmin": true,
                 *           "facilityAdminOf": []
                 *         }
                 *       ],
                 *       "userGroups": [
                 *         {
                 *           "userGroupId": "editors",
                 *           "name": "Editors",
                 *           "memberIds": [
                 *             "ada"
                 *           ],
                 *           "grants": [
                 *             {
                 *               "roleId": "administration-editor",
                 *               "orgUnitIds": [
                 *                 "chemistry"
                 *               ],
                 *               "includeSubUnits": true
                 *             }
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @default [] */
                    facilities?: {
                        facilityId: string;
                        name: string;
                    }[];
                    name: string;
                    /** @default [] */
                    orgUnits?: {
                        facilityId?: string | null;
                        name: string;
                        orgUnitId: string;
                        parentOrgUnitId?: string | null;
                    }[];
                    revision?: number | null;
                    /** @default [] */
                    roles?: {
                        name: string;
                        permissions: string[];
                        roleId: string;
                    }[];
                    timeZone: string;
                    /** @default [] */
                    userGroups?: {
                        /** @default [] */
                        grants?: {
                            /** @default false */
                            includeSubUnits?: boolean;
                            orgUnitIds: string[];
                            roleId: string;
                        }[];
                        /** @default [] */
                        memberIds?: string[];
                        name: string;
                        userGroupId: string;
                    }[];
                    /** @default [] */
                    users?: {
                        /** @default true */
                        active?: boolean;
                        email?: (string | "") | null;
                        /** @default [] */
                        facilityAdminOf?: string[];
                        name: string;
                        /** @default false */
                        siteAdmin?: boolean;
                        subject?: string | null;
                        userId: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "facilities": 1,
                     *       "orgUnits": 1,
                     *       "roles": 1,
                     *       "users": 1,
                     *       "userGroups": 1
                     *     }
                     */
                    "application/json": {
                        facilities: number;
                        orgUnits: number;
                        roles: number;
                        userGroups: number;
                        users: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `OLDER_REVISION`: A later revision is known already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerDocuments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-ndjson": {
                    /** @default true */
                    active?: boolean;
                    /** @default [] */
                    authors?: string[];
                    category?: string | null;
                    documentId: string;
                    index: string;
                    nextReviewAt?: (string) | null;
                    orgUnitIds: string[];
                    /** @default [] */
                    owners?: string[];
                    reviewFrequencyMonths?: number | null;
                    revision?: number | null;
                    section?: string | null;
                    title: string;
                    type: string;
                    /** @default [] */
                    versions?: {
                        /** @default [] */
                        attachments?: {
                            fileId: string;
                            fileName: string;
                            mediaType?: string | null;
                        }[];
                        authorisedAt?: string | null;
                        authorisedBy?: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        externalUrl?: string | null;
                        fileId?: string | null;
                        fileName?: string | null;
                        mediaType?: string | null;
                        number: string;
                        /** @enum {string} */
                        state: "draft" | "awaiting_authorisation" | "pending_release" | "authorised" | "superseded";
                        versionId: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": 2,
                     *       "unchanged": 1,
                     *       "rejected": [],
                     *       "warnings": [
                     *         {
                     *           "line": 2,
                     *           "code": "OLDER_REVISION",
                     *           "message": "revision 4 of document sop-001 changes nothing: revision 5 is known already",
                     *           "documentId": "sop-001",
                     *           "found": 4,
                     *           "stored": 5
                     *         }
                     *       ],
                     *       "warningCount": 1
                     *     }
                     */
                    "application/json": {
                        accepted: number;
                        rejected: {
                            code: string;
                            line: number;
                            message: string;
                        }[];
                        unchanged: number;
                        warningCount: number;
                        warnings: {
                            code: string;
                            documentId?: string;
                            found?: number;
                            line: number;
                            message: string;
                            orgUnitId?: string;
                            stored?: number;
                        }[];
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDocument: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
                documentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @default true */
                        active: boolean;
                        /** @default [] */
                        authors: string[];
                        category?: string | null;
                        documentId: string;
                        index: string;
                        nextReviewAt?: (string) | null;
                        orgUnitIds: string[];
                        /** @default [] */
                        owners: string[];
                        reviewFrequencyMonths?: number | null;
                        revision?: number | null;
                        section?: string | null;
                        title: string;
                        type: string;
                        /** @default [] */
                        versions: {
                            /** @default [] */
                            attachments: {
                                fileId: string;
                                fileName: string;
                                mediaType?: string | null;
                            }[];
                            authorisedAt?: string | null;
                            authorisedBy?: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            externalUrl?: string | null;
                            fileId?: string | null;
                            fileName?: string | null;
                            mediaType?: string | null;
                            number: string;
                            /** @enum {string} */
                            state: "draft" | "awaiting_authorisation" | "pending_release" | "authorised" | "superseded";
                            versionId: string;
                        }[];
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDocuments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "documentIds": [
                 *         "sop-001"
                 *       ]
                 *     }
                 */
                "application/json": {
                    documentIds: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deleted": 1
                     *     }
                     */
                    "application/json": {
                        deleted: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUnfiledDocuments: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                accountId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            documentId: string;
                            orgUnitIds: string[];
                            title: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
                fileId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sha256: string;
                        sizeBytes: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
                fileId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sha256: string;
                        sizeBytes: number;
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `FILE_CONTENT_DIFFERS`: The file is known with other content */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `PAYLOAD_TOO_LARGE`: The request is too large; `QUOTA_EXCEEDED`: The account has no room for more contents */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNSUPPORTED_MEDIA_TYPE`: The content type is not supported */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrgUnit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                accountId: string;
                orgUnitId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        orgUnitId: string;
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReceiptKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        algorithm: "Ed25519";
                        keyId: string;
                        publicKey: string;
                    };
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReceiptKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @constant */
                            algorithm: "Ed25519";
                            keyId: string;
                            publicKey: string;
                            /** @enum {string} */
                            status: "active" | "accepted" | "retired";
                        }[];
                    };
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "sessionId": "3f1c8e52-7b0d-4f6a-9c35-2f8f5a1d9e07",
                     *           "startedAt": "2026-03-02T07:58:41.000Z",
                     *           "lastSeenAt": "2026-03-02T08:15:00.000Z",
                     *           "ipAddress": "203.0.113.7",
                     *           "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:148.0) Gecko/20100101 Firefox/148.0",
                     *           "current": true
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            current: boolean;
                            ipAddress: string;
                            /** Format: date-time */
                            lastSeenAt: string;
                            sessionId: string;
                            /** Format: date-time */
                            startedAt: string;
                            userAgent: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            /** @description `VALIDATION_FAILED`: The request is not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `UNAUTHENTICATED`: Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `SCOPE_MISSING`: The token lacks a scope */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `NOT_FOUND`: Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `TOO_MANY_REQUESTS`: Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `UNAVAILABLE`: A part that the call needs is away */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
